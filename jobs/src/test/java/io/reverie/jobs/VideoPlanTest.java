package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.video.shot.Shots;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoPlanTest {

  private static final ShotFinder NO_CUTS =
      (input, index, range) -> new Shots(List.of(), List.of());

  @TempDir private Path folder;

  @Test
  void twoRunsBesideEachOtherShareNoWorkFolder() {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of());
    Recipe recipe =
        new WeightsStore(folder.resolve("cache"), new Configuration(false))
            .resolve(loaded.spec(), loaded.network());
    assertThat(plan(recipe).work()).isNotEqualTo(plan(recipe).work());
    assertThat(plan(recipe).plan()).isEqualTo(plan(recipe).plan());
  }

  private VideoItem plan(Recipe recipe) {
    String output = folder.resolve("out.mp4").toString();
    return VideoPlan.of(
            List.of("../sample-data/clip.mp4"),
            output,
            recipe,
            new RunOptions(false, false, true),
            NO_CUTS)
        .items()
        .get(0);
  }
}
