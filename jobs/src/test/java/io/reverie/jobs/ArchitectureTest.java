package io.reverie.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

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
        "com.google.protobuf",
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
        "com.codahale.metrics..",
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
                    "org.w3c.dom..",
                    "org.xml.sax..",
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

  @ParameterizedTest(name = "{0}")
  @MethodSource("users")
  void everyUserOfALibraryUsesIt(String library, List<String> users) {
    PackageMatcher matcher = PackageMatcher.of(library);
    for (String user : users) {
      boolean used =
          CLASSES.that(are(List.of(user))).stream()
              .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
              .anyMatch(to -> matcher.matches(to.getTargetClass().getPackageName()));
      assertThat(used).as(user).isTrue();
    }
  }

  /** Classes with their nested ones, and packages. */
  private static DescribedPredicate<JavaClass> are(List<String> names) {
    return DescribedPredicate.describe(
        "are " + names,
        type ->
            names.stream()
                .anyMatch(
                    name ->
                        type.getName().equals(name)
                            || type.getName().startsWith(name + "$")
                            || PackageMatcher.of(name).matches(type.getPackageName())));
  }

  /** Narrows the lists of the modules: a library, and all who use it. */
  static Stream<Arguments> users() {
    return Stream.of(
        uses("ai.djl.pytorch..", "io.reverie.core.engine.Torch"),
        uses(
            "ai.djl..",
            "io.reverie.core.dream..",
            "io.reverie.core.engine",
            "io.reverie.core.engine.cuda",
            "io.reverie.core.network",
            "io.reverie.core.network.descriptor.Preprocessing",
            "io.reverie.core.network.graph..",
            "io.reverie.core.network.onnx",
            "io.reverie.core.objective"),
        uses("com.google.gson..", "io.reverie.core.weights.format.SafetensorsReader"),
        uses("com.google.protobuf..", "io.reverie.core.protobuf.ProtobufReader"),
        uses("org.yaml.snakeyaml..", "io.reverie.core.network.descriptor.DescriptorTree"),
        uses(
            "com.sun.jna..",
            "io.reverie.core.engine.Autocast",
            "io.reverie.core.engine.NativeHeap",
            "io.reverie.core.engine.TorchContext",
            "io.reverie.core.engine.TorchLibrary",
            "io.reverie.core.engine.cuda",
            "io.reverie.video.opencv.OpenCv"),
        uses("com.twelvemonkeys..", "io.reverie.video.still.JdkImages"),
        uses(
            "org.bytedeco.opencv..",
            "io.reverie.video.motion",
            "io.reverie.video.opencv.OpenCv",
            "io.reverie.video.still"),
        uses(
            "org.bytedeco.ffmpeg..",
            "io.reverie.video.assemble",
            "io.reverie.video.check.OutputCheck",
            "io.reverie.video.decode",
            "io.reverie.video.encode",
            "io.reverie.video.ffmpeg",
            "io.reverie.video.shot.SceneScore",
            "io.reverie.video.sound.SoundReader"),
        uses("java.awt..", "io.reverie.core.awt", "io.reverie.video.icc", "io.reverie.video.still"),
        uses("javax.imageio..", "io.reverie.video.still"),
        uses(
            "com.sun.management..",
            "io.reverie.jobs.run.TaskMemory",
            "io.reverie.video.memory.ProcessMemory"),
        uses("org.xml.sax..", "io.reverie.video.metadata.xmp.XmpPacket"),
        uses("picocli..", "io.reverie.jobs.cli.."),
        uses(
            "com.github.luben.zstd..",
            "io.reverie.jobs.kept.PieceReader",
            "io.reverie.jobs.kept.PieceWriter",
            "io.reverie.jobs.output.PackedFloats"),
        uses("com.codahale.metrics..", "io.reverie.jobs.operation.MetricSource"),
        uses("software.amazon.awssdk..", "io.reverie.jobs.storage"),
        uses("org.apache.logging.log4j..", "io.reverie.jobs.cli.Reverie"));
  }

  private static Arguments uses(String library, String... users) {
    return Arguments.of(library, List.of(users));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("users")
  void aLibraryIsUsedByItsWrappersOnly(String library, List<String> users) {
    noClasses()
        .that(DescribedPredicate.not(are(users)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
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
