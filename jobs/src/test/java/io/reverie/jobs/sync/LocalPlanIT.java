package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Plans of local folders. */
@ExtendWith(SyncSpark.class)
class LocalPlanIT extends PlanContract {

  private final JavaSparkContext spark;

  @TempDir private Path folder;

  LocalPlanIT(JavaSparkContext spark) {
    this.spark = spark;
  }

  @Override
  JavaSparkContext spark() {
    return spark;
  }

  @Override
  Location root() {
    return new Location(folder.toString());
  }

  @Test
  void aRecordNamesInputOutputAndSettings() throws IOException {
    SyncWorld world = SyncWorld.of(spark, root());
    world.put("a.png", "a");
    world.dream(world.rules());
    String name =
        world.results().keySet().stream()
            .filter(n -> n.contains("done/"))
            .findFirst()
            .orElseThrow();
    assertThat(Files.readString(world.output(name).path()))
        .contains("\"version\" : 1", "\"event\" : \"done\"", "in/a.png", "out/a.png")
        .contains("\"settings\" : \"" + SyncWorld.SETTINGS + "\"");
  }
}
