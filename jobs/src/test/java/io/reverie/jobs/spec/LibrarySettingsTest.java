package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.dream.DreamSpec;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The library and the command line dream with the same settings. */
class LibrarySettingsTest {

  @ParameterizedTest
  @MethodSource("namesAndPresets")
  void everyNetworkAndPresetIsTheSameSpec(String network, String preset) {
    NetworkDescriptor descriptor = Networks.descriptor(network);
    DreamSpec library =
        preset.equals("none") ? DreamSpec.of(descriptor) : DreamSpec.of(descriptor, preset);
    List<String> options = List.of("network=" + network, "preset=" + preset);
    PipelineSpec command = SpecLoader.load(Optional.empty(), options).spec();
    assertThat(library).isEqualTo(command.dream(PlaceholderObjectives::of));
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
}
