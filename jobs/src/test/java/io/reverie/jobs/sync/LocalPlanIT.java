package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
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
  void aResultReplacedByAnOlderFileIsKept() throws IOException {
    SyncWorld world = SyncWorld.of(spark, root());
    world.put("a.png", "a");
    world.put("b.png", "b");
    world.put("stays.png", "c");
    world.dream(world.rules());
    Path result = world.output("a.png").path();
    FileTime made = Files.getLastModifiedTime(world.output(".reverie/sync/done").path());
    do {
      Path own = Files.writeString(folder.resolve("own.png"), "someone's own");
      Files.setLastModifiedTime(own, FileTime.fromMillis(1_000_000_000_000L));
      Files.move(own, result, StandardCopyOption.REPLACE_EXISTING);
    } while (((FileTime) Files.getAttribute(result, "unix:ctime")).toMillis() <= made.toMillis());
    SyncWorld.delete(world.input("a.png"));
    SyncWorld.delete(world.input("b.png"));
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(new Orphans(world.folders(), plan).names(10))
          .containsExactly(world.output("b.png").text());
    }
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
