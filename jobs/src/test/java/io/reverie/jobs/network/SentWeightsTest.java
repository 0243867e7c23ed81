package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The name under which weights are offered. */
class SentWeightsTest {

  @Test
  void nobodyTellsItWithoutTheSecretOrForOtherWeights() {
    Recipe weights = recipe("/home/me/private.safetensors", "aa");
    String name = SentWeights.name("secret", weights);
    assertThat(name)
        .matches("[0-9a-f]{64}\\.safetensors")
        .isEqualTo(SentWeights.name("secret", weights));
    assertThat(SentWeights.name("another", weights)).isNotEqualTo(name);
    assertThat(SentWeights.name("secret", recipe("/home/me/private.safetensors", "bb")))
        .isNotEqualTo(name);
    assertThat(SentWeights.name("", recipe("weights", "aa"))).matches("[0-9a-f]{64}");
  }

  private static Recipe recipe(String weights, String sha256) {
    PipelineSpec spec = SpecLoader.load(Optional.empty(), List.of()).spec();
    return new Recipe(spec, "", weights, sha256, Map.of());
  }
}
