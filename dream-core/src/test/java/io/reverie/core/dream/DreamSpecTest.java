package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.dream.prior.Priors;
import io.reverie.core.dream.prior.Smoothing;
import io.reverie.core.dream.prior.StepRule;
import io.reverie.core.dream.transform.Robustness;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Mean;
import io.reverie.core.objective.Neuron;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs from a network's descriptor. */
class DreamSpecTest {

  private static final String NETWORK =
      """
      name: small
      title: one convolution
      layer: conv
      minimumSide: 8
      classes: {layer: conv, names: [robin, wren]}
      preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
      layers:
        - {name: conv, op: conv, out: 2, kernel: 3, stride: 1, padding: 1}
      """;

  @Test
  void aNetworkThatSetsNothingHasTheDefaultsOfTheFile() {
    OctaveSpec octave = new OctaveSpec(List.of(l2("conv")), 10, Ramp.of(1.5), Ramp.of(0));
    assertThat(DreamSpec.of(small("")))
        .isEqualTo(
            new DreamSpec(
                octave,
                List.of(),
                new Octaves(4, 1.4),
                Robustness.jitter(32),
                Priors.NONE,
                Parameterisation.FOURIER,
                1,
                0));
  }

  @Test
  void theEmbeddedNetworksDefaultsAreItsDescriptors() {
    DreamSpec spec = DreamSpec.of(Networks.descriptor("embedded"));
    assertThat(spec.octave().objectives()).containsExactly(l2("conv4.3"));
    assertThat(spec.iterations()).isEqualTo(12);
    assertThat(spec.octave().step()).isEqualTo(Ramp.of(1.5));
    assertThat(spec.octaves()).isEqualTo(new Octaves(4, 1.5));
    assertThat(spec.parameterisation()).isEqualTo(Parameterisation.FOURIER);
    assertThat(spec.robustness()).isEqualTo(Robustness.jitter(32));
  }

  @Test
  void aPresetGoesOverTheDefaults() {
    DreamSpec spec = DreamSpec.of(Networks.descriptor("embedded"), "watchers");
    assertThat(spec.octaves()).isEqualTo(new Octaves(5, 1.4));
    L2 objective = (L2) spec.octave().objectives().get(0);
    assertThat(objective.layer()).isEqualTo("conv5.1");
    assertThat(((ChannelSelector.Ids) objective.channels()).ids()).hasSize(12).startsWith(252);
  }

  @Test
  void aGroupOfAPresetKeepsTheDefaultsThatItDoesNotName() {
    NetworkDescriptor network =
        small("defaults: {octaves: {count: 3, scale: 1.2}}\npresets: {few: {octaves: {count: 2}}}");
    assertThat(DreamSpec.of(network, "few").octaves()).isEqualTo(new Octaves(2, 1.2));
  }

  @Test
  void anUnknownPresetIsRefusedWithThoseThatThereAre() {
    NetworkDescriptor network = small("presets: {soft: {step: 1}, hard: {step: 4}}");
    assertThatThrownBy(() -> DreamSpec.of(network, "sotf"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "the network small has no preset 'sotf' (did you mean 'soft'?); it has hard, soft");
  }

  @Test
  void everySettingOfADescriptorIsRead() {
    NetworkDescriptor network =
        small(
            """
            defaults:
              objective: mean
              layers: [{channels: strongest 2}, {objective: neuron, channels: 1, x: 0.25, weight: 2},
                       {objective: class, class: wren}]
              octaves: {count: 3, scale: 1.5, each: [{iterations: 7, step: 4, blur: {from: 1}}]}
              iterations: 5
              step: 2
              stepEnd: 0.5
              stepRule: std
              clip: 5
              jitter: 4
              robustness: {scale: 0.1, rotate: 5, window: 64}
              parameterisation: fourier
              smoothing: {weight: 2, sigma: 3}
              blur: {from: 0.5, to: 0.25}
              laplacian: 3
              tv: 0.1
              decay: 0.05
              colours: luma
              strength: 0.5
              seed: 9
            """);
    OctaveSpec all =
        new OctaveSpec(
            List.of(
                new Mean("conv", new ChannelSelector.Strongest(2), 1),
                new Neuron("conv", 1, 0.25, 0.5, 2),
                new ClassLogit("conv", Map.of(1, 1.0), 1)),
            5,
            new Ramp(2, 1),
            new Ramp(0.5, 0.25));
    OctaveSpec smallest = new OctaveSpec(all.objectives(), 7, new Ramp(4, 2), new Ramp(1, 0.25));
    assertThat(DreamSpec.of(network))
        .isEqualTo(
            new DreamSpec(
                all,
                List.of(smallest),
                new Octaves(3, 1.5),
                new Robustness(4, 0.1, 5, 64),
                new Priors(StepRule.STD, 5, 3, new Smoothing(2, 3), 0.1, 0.05, ColourMode.LUMA),
                Parameterisation.FOURIER,
                0.5,
                9));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          defaults: {stpe: 2} | network small has the unknown key 'stpe' (did you mean 'step'?)
          defaults: {step: much} | network small.step must be a number, not much
          defaults: {iterations: 1.5} | network small.iterations must be a whole number, not 1.5
          defaults: {stepRule: max} | network small.stepRule must be one of [mean, std], not 'max'
          defaults: {step: } | network small.step has no value
          defaults: {octaves: 3} | network small.octaves must be a mapping, not 3
          defaults: {layers: [{channels: loud}]} | channels must be numbers from 0, all, strongest N or weakest N, not 'loud'
          defaults: {layers: [{objective: neuron}]} | network small.layers[0].channels must be one number for the objective neuron, such as [3]
          defaults: {objective: guide} | network small.objective must not be guide, which needs an image
          defaults: {objective: l3} | network small.objective must be one of [l2, mean, neuron, class, guide], not 'l3'
          defaults: {step: 0} | step must be above 0 and at most 255, not 0.0
          """)
  void aWrongSettingIsRefusedInOneSentence(String defaults, String sentence) {
    assertThatThrownBy(() -> DreamSpec.of(small(defaults)))
        .isInstanceOf(DreamException.class)
        .hasMessage(sentence);
  }

  @Test
  void settingsOfVideosAndFilesAreTheCommandLines() {
    NetworkDescriptor network = small("defaults: {video: {persistence: 0.9}, tile: 512, step: 3}");
    assertThat(DreamSpec.of(network).octave().step()).isEqualTo(Ramp.of(3));
  }

  @Test
  void eachChangeLeavesTheRestAsItIs() {
    DreamSpec spec = DreamSpec.of(small("defaults: {step: 2, stepEnd: 0.5, iterations: 4}"));
    L2 other = new L2("conv", new ChannelSelector.Ids(List.of(1)), 1);
    DreamSpec changed =
        spec.withIterations(6)
            .withStep(3)
            .withOctaves(2, 1.3)
            .withObjectives(other)
            .withRobustness(Robustness.jitter(1))
            .withParameterisation(Parameterisation.FOURIER)
            .withStrength(0.5)
            .withSeed(7)
            .withPriors(Priors.NONE);
    assertThat(changed)
        .isEqualTo(
            new DreamSpec(
                new OctaveSpec(List.of(other), 6, new Ramp(3, 1.5), Ramp.of(0)),
                List.of(),
                new Octaves(2, 1.3),
                Robustness.jitter(1),
                Priors.NONE,
                Parameterisation.FOURIER,
                0.5,
                7));
    assertThat(spec.iterations()).isEqualTo(4);
  }

  private static L2 l2(String layer) {
    return new L2(layer, ChannelSelector.all(), 1);
  }

  private static NetworkDescriptor small(String settings) {
    return Networks.parse(NETWORK + settings + "\n", "small.yaml");
  }
}
