package io.reverie.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** The module rule of CONTRIBUTING.md, on classes. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reverie");

  @Test
  void dreamCoreKnowsNeitherVideoNorJobsNorSpark() {
    noClasses()
        .that()
        .resideInAPackage("io.reverie.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.reverie.video..",
            "io.reverie.jobs..",
            "org.apache.spark..",
            "org.apache.hadoop..",
            "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void videoKnowsNeitherTheDreamNorJobsNorSpark() {
    noClasses()
        .that()
        .resideInAPackage("io.reverie.video..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.reverie.core..",
            "io.reverie.jobs..",
            "org.apache.spark..",
            "org.apache.hadoop..",
            "ai.djl..")
        .check(CLASSES);
  }

  @Test
  void pytorchItselfIsKnownToOneClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.reverie.core.engine.Torch")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.pytorch..")
        .check(CLASSES);
  }

  @Test
  void noNativeTypeIsInAPublicSignatureOfVideo() {
    ArchRuleDefinition.methods()
        .that()
        .areDeclaredInClassesThat()
        .haveModifier(JavaModifier.PUBLIC)
        .and()
        .areDeclaredInClassesThat()
        .resideInAPackage("io.reverie.video..")
        .and()
        .arePublic()
        .should()
        .notHaveRawReturnType(
            com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                "org.bytedeco.."))
        .check(CLASSES);
  }

  @Test
  void jobsReachFramesOnlyThroughVideo() {
    noClasses()
        .that()
        .resideInAPackage("io.reverie.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.bytedeco..", "ai.djl..")
        .check(CLASSES);
  }
}
