package io.reverie.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md, on classes. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.reverie");

  @Test
  void noPackageIsPartOfACycle() {
    slices().matching("io.reverie.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void dreamCoreKnowsTheEngineAndNothingElse() {
    onlyDependsOn(
        "io.reverie.core..",
        "ai.djl..",
        "com.google.gson..",
        "com.sun.jna..",
        "org.yaml.snakeyaml..");
  }

  @Test
  void videoKnowsItsDecodersAndNothingElse() {
    onlyDependsOn("io.reverie.video..", "org.bytedeco..", "com.sun.jna..", "com.twelvemonkeys..");
  }

  @Test
  void temporalKnowsTheTwoLeavesAndNothingElse() {
    onlyDependsOn("io.reverie.temporal..", "io.reverie.core..", "io.reverie.video..");
  }

  @Test
  void jobsReachPicturesThroughTheOtherModulesOnly() {
    onlyDependsOn(
        "io.reverie.jobs..",
        "io.reverie.temporal..",
        "io.reverie.core..",
        "io.reverie.video..",
        "org.apache.spark..",
        "org.apache.hadoop..",
        "scala..",
        "software.amazon.awssdk..",
        "com.fasterxml.jackson..",
        "com.github.luben.zstd..",
        "org.yaml.snakeyaml..",
        "picocli..",
        "org.slf4j..",
        "org.apache.logging.log4j..");
  }

  private static void onlyDependsOn(String module, String... others) {
    String[] allowed =
        Stream.concat(
                Stream.of(
                    module,
                    "java..",
                    "javax..",
                    "jdk..",
                    "com.sun.management..",
                    "org.w3c..",
                    "org.xml..",
                    "org.jspecify.annotations.."),
                Stream.of(others))
            .toArray(String[]::new);
    classes()
        .that()
        .resideInAPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(allowed)
        .check(CLASSES);
  }

  @Test
  void oneClassKnowsPytorchItself() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("io.reverie.core.engine.Torch")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.pytorch..")
        .check(CLASSES);
  }

  @Test
  void onlyTheWrappersOfNativeLibrariesUseJna() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.reverie.core.engine..", "io.reverie.video.opencv..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.jna..")
        .check(CLASSES);
  }

  @Test
  void nativeTypesShowInNoPublicSignatureOutsideTheirWrappers() {
    classes()
        .that()
        .resideInAPackage("io.reverie.video..")
        .and()
        .resideOutsideOfPackage("io.reverie.video.ffmpeg..")
        .and()
        .arePublic()
        .should(
            new ArchCondition<>("show no type of bytedeco") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getMembers().stream()
                    .filter(ArchitectureTest::isVisible)
                    .filter(ArchitectureTest::showsNative)
                    .forEach(
                        member ->
                            events.add(
                                SimpleConditionEvent.violated(member, member.getFullName())));
              }
            })
        .check(CLASSES);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  /** In a field's type, a return type, or a parameter of a method or constructor. */
  private static boolean showsNative(JavaMember member) {
    Stream<JavaClass> types =
        member instanceof JavaCodeUnit unit
            ? Stream.concat(
                unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
            : Stream.of(
                member.getOwner(),
                ((com.tngtech.archunit.core.domain.JavaField) member).getRawType());
    return types.anyMatch(type -> type.getPackageName().startsWith("org.bytedeco"));
  }
}
