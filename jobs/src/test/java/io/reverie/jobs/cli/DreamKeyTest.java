package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.AfterDream;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which settings a kept dream depends on. */
class DreamKeyTest {

  @TempDir private static Path folder;

  static Stream<KeyChange> changes() {
    KeyChanges changes = new KeyChanges(new KeyFixtures(folder));
    return Stream.concat(changes.changing(), KeyChanges.keeping());
  }

  private static ResolvedSpec resolved(List<String> settings) {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), settings);
    return new WeightsStore(folder.resolve("cache")).resolve(loaded.spec(), loaded.network());
  }

  private static String id(String... settings) {
    return resolved(List.of(settings)).dreamId();
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everyKeyChangesTheDreamButThoseThatAreAppliedAfterIt(KeyChange change) {
    List<String> changed = new ArrayList<>(change.base());
    changed.add(change.key() + "=" + change.value());
    boolean after = AfterDream.contains(change.key()) || change.key().equals("strength");
    // A preset is more than its name.
    boolean same = after && !change.key().equals("preset");
    String before = resolved(change.base()).dreamId();
    assertThat(resolved(changed).dreamId().equals(before)).isEqualTo(same);
    assertThat(resolved(changed).id()).isNotEqualTo(resolved(change.base()).id());
  }

  @Test
  void aStrengthOfZeroDreamsNothingSoItIsAnotherDream() {
    assertThat(id("strength=2")).isEqualTo(id());
    assertThat(id("strength=0")).isNotEqualTo(id());
    String fading = "strength=[{time: 0, value: 1}, {time: 2, value: 0.1}]";
    assertThat(id(fading)).isEqualTo(id());
    String vanishing = "strength=[{time: 0, value: 1}, {time: 2, value: 0}]";
    assertThat(id(vanishing)).isNotEqualTo(id());
    assertThat(id("strength={audio: bass, from: 0.1, scale: 1}")).isEqualTo(id());
    assertThat(id("strength={audio: bass, from: 0, scale: 1}")).isNotEqualTo(id());
  }
}
