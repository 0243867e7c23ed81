package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings and lists of cuts that the user had from somebody else. */
class ForeignSettingsTest {

  private static final Path SAMPLE = Path.of("../video/src/test/media/clouds.png");

  @TempDir private Path folder;

  @Test
  void whatAConfigNamesIsListedBeforeAnythingElse() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("theirs.yaml"),
            "mask: {file: '%s'}%nweights: /nowhere/net.pth%n".formatted(SAMPLE));
    CommandLineRun run = CommandLineRun.of("spec", "--config", config.toString());
    assertThat(run.err().lines())
        .containsExactly(
            "this run, with the settings of %s,".formatted(config),
            "  reads the weights /nowhere/net.pth",
            "  reads the mask " + SAMPLE,
            "reverie: the weights file /nowhere/net.pth does not exist; check the path given with --weights");
  }

  @Test
  void aConfigThatRunsAProgramIsListedAsSuch() throws IOException {
    Path network =
        Files.writeString(
            folder.resolve("net.yaml"),
            """
            name: net
            title: a module
            architecture: torchscript
            layer: first
            minimumSide: 9
            preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
            weights: [{uri: /nowhere/net.pt, licence: none}]
            """);
    Path config = Files.writeString(folder.resolve("c.yaml"), "network: " + network);
    CommandLineRun run = CommandLineRun.of("spec", "--config", config.toString());
    assertThat(run.err())
        .contains(
            "  reads the network " + network,
            "  runs a program, the TorchScript module /nowhere/net.pt");
  }

  @Test
  void aConfigThatNamesNothingIsUsedWithoutAWord() throws IOException {
    Path config = Files.writeString(folder.resolve("c.yaml"), "step: 2");
    assertThat(CommandLineRun.of("spec", "--config", config.toString()).err()).isEmpty();
  }

  @Test
  void ofAManifestOnlyTheTimesOfCutsAreTaken() throws IOException {
    Path manifest =
        Files.writeString(
            folder.resolve("m.json"),
            "{\"input\":\"/etc/passwd\",\"provenance\":{\"spec\":{\"weights\":\"/x\"}},\"cuts\":[0.5,1e-3,2]}");
    assertThat(CutsFile.times(manifest)).hasToString("[\"0.5\",\"0.001\",\"2\"]");
  }

  @ParameterizedTest
  @CsvSource({
    "'[1e999999999]', 'not '",
    "'[-1e300]', 'not -1.0E300'",
    "'[\"../x\"]', 'not \"../x\"'",
    "'[null]', 'not null'",
    "'[[]]', 'not []'"
  })
  void aCutThatIsNoTimeIsASentence(String cuts, String part) throws IOException {
    Path manifest = Files.writeString(folder.resolve("m.json"), "{\"cuts\":" + cuts + "}");
    CommandLineRun run =
        CommandLineRun.of("video", "--cuts", manifest.toString(), "a.mp4", "b.mp4");
    assertThat(run.err())
        .startsWith("reverie: --cuts %s: 'cuts' must hold times in seconds, ".formatted(manifest))
        .contains(part)
        .hasLineCount(1);
    assertThat(run.code()).isEqualTo(2);
  }
}
