package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedWeightsTest {

  @Test
  void theNameDependsOnTheSecretAndTheWeights() {
    ResolvedSpec weights = resolved("/home/me/private.safetensors", "aa");
    String name = SharedWeights.name("secret", weights);
    assertThat(name)
        .matches("[0-9a-f]{64}\\.safetensors")
        .isEqualTo(SharedWeights.name("secret", weights));
    assertThat(SharedWeights.name("another", weights)).isNotEqualTo(name);
    assertThat(SharedWeights.name("secret", resolved("/home/me/private.safetensors", "bb")))
        .isNotEqualTo(name);
    assertThat(SharedWeights.name("", resolved("weights", "aa"))).matches("[0-9a-f]{64}");
  }

  private static ResolvedSpec resolved(String weights, String sha256) {
    PipelineSpec spec = SpecLoader.load(Optional.empty(), List.of()).spec();
    return new ResolvedSpec(spec, "", weights, sha256, Map.of());
  }
}
