package io.reverie.core.network.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Malicious descriptors are rejected in one short sentence. */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileDescriptorTest {

  private static final int MB = 1 << 20;

  static Stream<Arguments> files() {
    String digits = "9".repeat(MB - 100);
    return Stream.of(
        Arguments.of("a key twice", "name: a\nname: b", "duplicate key name"),
        Arguments.of("a second document", "name: a\n---\nname: b", "another document"),
        Arguments.of("lists of lists in a text", bomb(i -> "[*a%1$d, *a%1$d]"), "values"),
        Arguments.of("merged mappings", bomb(i -> "{<<: [*a%1$d, *a%1$d]}"), "nested"),
        Arguments.of("a list of itself", "name: &a [*a]", "nested"),
        Arguments.of("a mapping of itself", "name: &a {b: *a}", "nested"),
        Arguments.of("a list as a key", "? [a]\n: b", "not a string"),
        Arguments.of("100,000 brackets", "a: " + "[".repeat(100_000), "Nesting"),
        Arguments.of("a million digits", "minimumSide: !!int \"" + digits + "\"", "digits"),
        Arguments.of("a million hex digits", "minimumSide: !!int 0x" + digits, "digits"),
        Arguments.of("a million digits of a fraction", "minimumSide: !!float " + digits, "digits"),
        Arguments.of("a million digits without a tag", "name: " + digits, "lacks"),
        Arguments.of("two million letters", "name: " + "x".repeat(2 * MB), "limit"),
        Arguments.of("300,000 keys", "{" + "a,".repeat(300_000) + "}", "values"),
        Arguments.of("bytes", "name: !!binary AAAA", "tag"),
        Arguments.of("a set", "name: !!set {a, b}", "tag"),
        Arguments.of("pairs", "name: !!omap [a: b]", "tag"),
        Arguments.of("a Java class", "name: !!java.io.File /etc/passwd", "tag"),
        Arguments.of("a long line where a mapping should be", "preprocessing: " + digits, "..."),
        Arguments.of("nothing", "", "must be a mapping, not null"));
  }

  /** Each value contains the previous one twice: 2^24 values when expanded. */
  private static String bomb(IntFunction<String> twice) {
    return "name: &a0 {x: 1}\n"
        + IntStream.range(0, 24)
            .mapToObj(i -> "k%d: &a%d ".formatted(i, i + 1) + twice.apply(i).formatted(i) + "\n")
            .collect(Collectors.joining());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void maliciousDescriptorsAreRejectedInOneSentence(String what, String yaml, String why) {
    assertThatThrownBy(() -> Networks.parse(yaml, "theirs.yaml"))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("theirs.yaml", why)
        .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kernel: 3 | kernel: 2000000000 | theirs.yaml.layers[0].kernel must be from 1 to 64",
        "kernel: 3 | kernel: 0 | theirs.yaml.layers[0].kernel must be from 1 to 64, not 0",
        "kernel: 3 | {kernel: 3, stride: 0} | theirs.yaml.layers[0].stride must be from 1 to 64",
        "kernel: 3 | {kernel: 3, padding: -1} | theirs.yaml.layers[0].padding must be from 0 to 1",
        "out: 8 | out: 2000000000 | theirs.yaml.layers[0].out must be from 1 to 100000",
        "out: 7 | out: 0 | theirs.yaml.layers[1].out must be from 1 to 100000, not 0",
        "count: 7 | count: 2147483647 | theirs.yaml.classes.count must be from 1 to 100000",
        "input: 64 | input: 2147483647 | theirs.yaml.input must be from 1 to 4096",
        "name: mine | name: [a] | theirs.yaml.name must be text, not a list",
        "mean: [1, 2, 3] | mean: [[1], 2, 3] | mean must be a number, not a list"
      })
  void excessiveNumbersAreReported(String valid, String bad, String why) {
    String yaml =
        """
        name: mine
        title: a stranger's
        layer: a
        minimumSide: 16
        input: 64
        classes: {layer: head, count: 7}
        preprocessing: {order: rgb, scale: 1, mean: [1, 2, 3], std: [1, 1, 1]}
        layers:
          - {name: a, op: conv, out: 8, kernel: 3}
          - {name: head, op: classifier, out: 7}
        """;
    assertThat(Networks.parse(yaml, "theirs.yaml").layer()).isEqualTo("a");
    String changed = yaml.replace(valid, bad.replaceAll("[{}]", ""));
    assertThatThrownBy(() -> Networks.parse(changed, "theirs.yaml"))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(why);
  }

  @Test
  void harmlessAliasesAreRead() {
    String yaml =
        """
        name: mine
        title: with an alias
        layer: a
        minimumSide: 16
        preprocessing: {order: rgb, scale: 1, mean: &ones [1, 1, 1], std: *ones}
        layers: [{name: a, op: conv, out: 8, kernel: 3}]
        """;
    assertThat(Networks.parse(yaml, "mine.yaml").preprocessing().std()).containsExactly(1., 1., 1.);
  }
}
