package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An abstract contract that no class extends never runs. */
class ContractsTest {

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .importPaths(
              Stream.of("dream-core", "video", "temporal", "jobs")
                  .map(module -> Path.of("..", module, "target", "test-classes"))
                  .toArray(Path[]::new));

  private static boolean isAbstract(JavaClass tests) {
    return tests.getModifiers().contains(JavaModifier.ABSTRACT) && !tests.isInterface();
  }

  @Test
  void everyAbstractContractIsTestedOnAnImplementation() {
    List<JavaClass> contracts =
        TESTS.stream()
            .filter(ContractsTest::isAbstract)
            .filter(tests -> tests.getSimpleName().contains("Contract"))
            .toList();
    assertThat(contracts).hasSizeGreaterThan(5);
    assertThat(contracts)
        .allSatisfy(
            contract ->
                assertThat(contract.getAllSubclasses())
                    .as(contract.getName())
                    .anyMatch(tests -> !isAbstract(tests)));
  }
}
