package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Ramp;
import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecLoaderTest {

  @TempDir private Path folder;

  @Test
  void theNetworksSettingsOverrideTheReference() {
    assertThat(load().iterations()).isEqualTo(12);
    assertThat(load("network=googlenet").iterations()).isEqualTo(10);
  }

  @Test
  void thePresetOverridesTheNetworkAndAnAssignmentBoth() {
    PipelineSpec towers = load("preset=towers");
    assertThat(towers.iterations()).isEqualTo(14);
    assertThat(towers.layers().get(0).channels().ids()).hasSize(12);
    assertThat(load("preset=towers", "iterations=3").iterations()).isEqualTo(3);
  }

  @Test
  void aConfigFileOverridesTheNetworkAndAnAssignmentTheFile() throws IOException {
    Path config = Files.writeString(folder.resolve("my.yaml"), "step: 7\noctaves: {count: 2}\n");
    PipelineSpec spec = SpecLoader.load(Optional.of(config), List.of("octaves.count=3")).spec();
    assertThat(spec.step()).isEqualTo(7);
    assertThat(spec.octaves()).isEqualTo(new OctavesSpec(3, 1.5, List.of()));
  }

  @Test
  void anUnreadableFileIsAnError() throws IOException {
    Path missing = folder.resolve("missing.yaml");
    wrongNetwork(missing, "cannot read %s: no such file; check the path");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {'a', (byte) 0xff});
    wrongNetwork(binary, "cannot read %s: it is not UTF-8 text");
    wrongNetwork(Files.createFile(folder.resolve("empty.yaml")), "%s must be a mapping, not null");
  }

  private static void wrongNetwork(Path file, String sentence) {
    assertThatThrownBy(() -> load("network=" + file))
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.formatted(file));
  }

  @Test
  void withoutALayerTheNetworksOwnIsTaken() {
    assertThat(load().layers()).extracting(ObjectiveSpec::layer).containsExactly("conv4.3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "octaves.cuont=3 | unknown key 'octaves.cuont'; did you mean 'octaves.count'?",
        "videos.codec=h264 | unknown key 'videos'; did you mean 'video'?",
        "octaves=3 | octaves must be a group of keys",
        "octaves.count=many | octaves.count must be a whole number, not 'many'",
        "octaves.count=0 | octaves.count must be from 1 to 1000, not 0",
        "octaves.scale=1 | octaves.scale must be above 1, not 1.0",
        "step=-2 | step must be above 0 and at most 255, not -2.0",
        "iterations=0 | iterations must be at least 1, not 0",
        "size=big | invalid size 'big'; expected WxH, 640x or x360",
        "size=x0 | invalid size 'x0'; expected WxH, 640x or x360",
        "video.start=soon | invalid time 'soon'; expected seconds or hh:mm:ss",
        "video.bitrate=fast | invalid video.bitrate 'fast'; expected a rate such as 8M or 500k",
        "video.segment=9 | video.segment must be at least 50 frames with an overlap of 16, not 9",
        "images.quality=0 | images.quality must be from 1 to 100, not 0",
        "preset=unicorns | the network embedded has no preset 'unicorns'; it has creatures",
        "network=vgg99 | unknown network 'vgg99' (did you mean 'vgg19'?); choose one of embedded, alexnet",
        "layers=[{objective: class}] | 'objective: class' needs 'class: NAME'",
        "layers=[{guide: a.png}] | 'guide: a.png' requires the objective guide, not l2; remove it or",
        "layers=[{x: 0.2}] | 'x: 0.2' requires the objective neuron, not l2; remove it or change",
        "layers=[{objective: class, class: a, channels: [3]}] | 'channels: [3]' requires the objective l2, mean or neuron, not class",
        "objective=neuron | 'objective: neuron' needs one channel",
        "layers=[{channels: many}] | invalid channels 'many'; expected a list of numbers from 0, all, strongest N or weakest N",
        "layers=[{channels: [-1]}] | invalid channels '-1'; expected a list of numbers from 0, all, strongest N or weakest N",
        "layers=[{channels: [4294967297]}] | invalid channels '4294967297'",
        "stepRule=max | invalid stepRule 'max'; expected one of mean, std",
        "tv=-1 | tv must be from 0 to 100, not -1.0",
        "layers=[{layer: a, wieght: 2}] | unknown key 'layers[0].wieght'; did you mean 'layers[0].weight'?",
        "layers=conv4.3 | layers must be a list in brackets, not 'conv4.3'",
        "layers=[conv4.3] | layers[0] must be a group of keys",
        "layers=[null] | layers has an empty value; give one, or omit the key",
        "layers=[{layer: a, weight: }] | layers has an empty value",
        "layers=[{layer: [a]}] | layers[0].layer must be text",
        "octaves.each=3 | octaves.each must be a list in brackets, not '3'",
        "octaves.each=[{steps: 2}] | unknown key 'octaves.each[0].steps'; did you mean 'octaves.each[0].step'?",
        "octaves.each=[{layers: a}] | octaves.each[0].layers must be a list in brackets",
        "octaves.each=[{blur: 1}] | octaves.each[0].blur must be a group of keys",
        "octaves.each=[{}, {}, {}, {}, {}, {}] | octaves.each has settings for 6 octaves, but octaves.count is 4",
        "octaves.each=[null] | octaves.each has an empty value",
        "step= | step has an empty value; give one, or omit the key",
        "strength=null | strength has an empty value",
        "stepEnd=300 | step times stepEnd (the last step) must be above 0 and at most 255, not 450.0",
        "iterations=2.5 | iterations must be a whole number, not '2.5'",
        "step | invalid --set 'step'; expected KEY=VALUE",
      })
  void aMistakeIsAUsageErrorThatNamesItselfAndTheRemedy(String assignment, String sentence) {
    assertThatThrownBy(() -> load(assignment))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence)
        .extracting(e -> ((UserException) e).kind())
        .isEqualTo(UserException.Kind.USAGE);
  }

  @Test
  void anOctavesBlurInheritsMissingValues() {
    PipelineSpec spec =
        load("blur={from: 4, to: 3}", "octaves.each=[{blur: {from: 1}}, {step: 2}]");
    assertThat(spec.dream(PlaceholderObjectives::of).overrides())
        .extracting(OctaveSpec::blur)
        .containsExactly(new Ramp(1, 3), new Ramp(4, 3));
  }

  @Test
  void theIdDependsOnEverySettingAndOnTheContentOfTheWeightsButNotOnTheirName() {
    ResolvedSpec recipe = new ResolvedSpec(load(), "", "/a", "00", Map.of());
    assertThat(new ResolvedSpec(load(), "", "/b", "00", Map.of()).id()).isEqualTo(recipe.id());
    assertThat(new ResolvedSpec(load("weights=x.pth"), "", "/b", "00", Map.of()).id())
        .isEqualTo(recipe.id());
    assertThat(new ResolvedSpec(load(), "name: x", "/a", "00", Map.of()).id())
        .isNotEqualTo(recipe.id());
    assertThat(new ResolvedSpec(load(), "", "/a", "01", Map.of()).id()).isNotEqualTo(recipe.id());
    assertThat(new ResolvedSpec(load("seed=1"), "", "/a", "00", Map.of()).id())
        .isNotEqualTo(recipe.id());
    assertThat(new ResolvedSpec(load("video.segment=60"), "", "/a", "00", Map.of()).id())
        .isNotEqualTo(recipe.id());
  }

  @Test
  void syncKeysAreNotPartOfTheId() {
    String id = new ResolvedSpec(load(), "", "/a", "00", Map.of()).id();
    assertThat(
            new ResolvedSpec(load("sync.attempts=5", "sync.minAge=0"), "", "/a", "00", Map.of())
                .id())
        .isEqualTo(id);
  }

  @Test
  void theSpecRoundTripsAsYaml() throws IOException {
    PipelineSpec spec = load("preset=strokes", "size=640x", "video.end=00:01:30", "seed=7");
    Path file = Files.writeString(folder.resolve("again.yaml"), SpecLoader.toYaml(spec));
    assertThat(SpecLoader.load(Optional.of(file), List.of()).spec()).isEqualTo(spec);
  }

  @Test
  void allFilesCanBeRenamedAndNothingElse() {
    String guides = "layers=[{objective: guide, guide: a.png}, {objective: class, class: 3}]";
    String each = "octaves.each=[{layers: [{objective: guide, guide: b.mp4, weight: 2}]}]";
    String step = "step=[{time: 0, value: 1}, {time: 1, value: 2}]";
    PipelineSpec spec = load("weights=w.pth", "mask.file=m%05d.png", guides, each, step);
    PipelineSpec renamed =
        load(
            "weights=/w.pth",
            "mask.file=/m%05d.png",
            guides.replace("a.png", "/a.png"),
            each.replace("b.mp4", "/b.mp4"),
            step);
    assertThat(SpecLoader.toYaml(spec.renamed(file -> "/" + file)))
        .isEqualTo(SpecLoader.toYaml(renamed));
    assertThat(SpecLoader.toYaml(load().renamed(file -> "/" + file)))
        .isEqualTo(SpecLoader.toYaml(load()));
  }

  private static PipelineSpec load(String... assignments) {
    return SpecLoader.load(Optional.empty(), List.of(assignments)).spec();
  }
}
