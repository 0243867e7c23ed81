package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library and the command line dream with the same settings. */
class LibrarySettingsTest {

  private static final String BARE =
      """
      name: bare
      title: a network whose descriptor sets nothing
      layer: conv
      minimumSide: 8
      preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
      layers:
        - {name: conv, op: conv, out: 2, kernel: 3, stride: 1, padding: 1}
      """;

  @ParameterizedTest
  @MethodSource("namesAndPresets")
  void everyNetworkAndPresetIsTheSameSpec(String network, String preset) {
    NetworkDescriptor descriptor = Networks.descriptor(network);
    DreamSpec library =
        preset.equals("none") ? DreamSpec.of(descriptor) : DreamSpec.of(descriptor, preset);
    List<String> options = List.of("network=" + network, "preset=" + preset);
    PipelineSpec command = SpecLoader.load(Optional.empty(), options).spec();
    assertThat(library).isEqualTo(command.dream(ObjectiveSpec::plain));
  }

  static Stream<Arguments> namesAndPresets() {
    return Networks.names().stream()
        .flatMap(
            name -> {
              List<String> presets = new ArrayList<>(Networks.descriptor(name).presets().keySet());
              presets.add("none");
              return presets.stream().map(preset -> Arguments.of(name, preset));
            });
  }

  @Test
  void theDefaultsOfTheReferenceAreThoseOfTheLibrary() throws IOException {
    NetworkDescriptor bare = Networks.parse(BARE, "bare.yaml");
    assertThat(DreamSpec.of(described(bare, reference()))).isEqualTo(DreamSpec.of(bare));
  }

  private static NetworkDescriptor described(NetworkDescriptor bare, Map<String, Object> defaults) {
    return new NetworkDescriptor(
        bare.name(),
        bare.title(),
        bare.body(),
        bare.reach(),
        bare.weights(),
        bare.preprocessing(),
        bare.layer(),
        bare.goodLayers(),
        bare.minimumSide(),
        bare.input(),
        bare.classes(),
        defaults,
        bare.presets());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> reference() throws IOException {
    try (InputStream in = LibrarySettingsTest.class.getResourceAsStream("reference.yaml")) {
      return new YAMLMapper().readValue(in, Map.class);
    }
  }
}
