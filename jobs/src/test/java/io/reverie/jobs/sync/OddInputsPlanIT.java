package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Folders with more in them than files that can be dreamed. */
@ExtendWith(SyncSpark.class)
class OddInputsPlanIT {

  private final JavaSparkContext spark;

  @TempDir private Path folder;

  OddInputsPlanIT(JavaSparkContext spark) {
    this.spark = spark;
  }

  private SyncWorld world() throws IOException {
    SyncWorld world = SyncWorld.of(spark, new Location(folder.toString()));
    world.put("a.png", "a");
    return world;
  }

  @Test
  void unreadableInputsAreRefusedAndQuarantinedLikeAnyFailure() throws IOException {
    SyncWorld world = world();
    Files.createSymbolicLink(world.input("loop").path(), Path.of("."));
    Files.createSymbolicLink(world.input("gone.png").path(), Path.of("nowhere"));
    Files.createSymbolicLink(world.input(".hidden.png").path(), Path.of("nowhere"));
    for (int i = 0; i < SyncWorld.ATTEMPTS; i++) {
      List<SyncItem> due = world.due(world.rules());
      assertThat(due.stream().filter(item -> !item.refusal().isEmpty()).map(SyncItem::name))
          .containsExactlyInAnyOrder("loop", "gone.png");
      for (SyncItem item : due) {
        if (!item.refusal().isEmpty()) {
          world.fail(item, world.rules(), item.refusal());
        }
      }
    }
    assertThat(world.states())
        .isEqualTo(
            Map.of(
                "a.png",
                ItemState.DUE,
                "loop",
                ItemState.QUARANTINED,
                "gone.png",
                ItemState.QUARANTINED));
  }

  @Test
  void aLinkThatLeadsNowhereMayHideInputsSoNoResultIsDeleted() throws IOException {
    SyncWorld world = world();
    Path nas = Files.createDirectory(folder.resolve("nas"));
    Path link = Files.createSymbolicLink(world.input("nas").path(), nas);
    world.put("nas/b.png", "b");
    world.dream(world.rules());
    assertThat(world.states()).containsEntry("nas/b.png", ItemState.DONE);
    Files.move(nas, folder.resolve("unmounted"));
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(plan.count(ItemState.ORPHAN)).isEqualTo(1);
      assertThat(plan.count(ItemState.DUE)).as("it is no input itself").isZero();
      Orphans orphans = new Orphans(world.folders(), plan);
      assertThat(orphans.areCertain()).isFalse();
      assertThat(orphans.notice()).hasValueSatisfying(s -> assertThat(s).contains("in/nas: "));
    }
    Files.delete(link);
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(new Orphans(world.folders(), plan).areCertain()).isTrue();
    }
  }

  private Map<String, String> lookedUp(SyncWorld world, String... names) {
    Map<String, String> refusals = new TreeMap<>();
    SyncPlan.Sources sources =
        new SyncPlan.Sources(
            world.folders(), world.rules(), world.earlier(), false, List.of(names));
    try (SyncPlan plan = SyncPlan.of(spark, sources, 3)) {
      plan.all().forEachRemaining(s -> refusals.put(s.item().name(), s.item().refusal()));
    }
    return refusals;
  }

  @Test
  void oneNameOfAListFailsAlone() throws IOException {
    SyncWorld world = world();
    Files.createDirectory(folder.resolve("album"));
    Files.createSymbolicLink(world.input("album").path(), folder.resolve("album"));
    world.put("album/b.png", "b");
    Files.createSymbolicLink(world.input("loop.png").path(), Path.of("loop.png"));
    assertThat(lookedUp(world, "a.png", "album/b.png", "gone.png", "loop.png"))
        .containsEntry("a.png", "")
        .containsEntry("album/b.png", "")
        .containsEntry("gone.png", "there is no such file; check the list")
        .hasEntrySatisfying("loop.png", s -> assertThat(s).contains("loop.png: "));
  }

  @Test
  void aListLeavesOutResultsBelowTheInputs() throws IOException {
    world();
    Location in = new Location(folder.toRealPath() + "/in");
    SyncWorld world = new SyncWorld(spark, new SyncFolders(in, in.resolve("out")));
    world.dream(world.rules());
    Files.createSymbolicLink(in.resolve("again").path(), Path.of("out"));
    assertThat(lookedUp(world, "a.png", "out/a.png", "again/a.png")).containsOnlyKeys("a.png");
  }

  @Test
  void filesOfOtherKindsAreCounted() throws IOException {
    SyncWorld world = world();
    world.put("deep/b.jxl", "b");
    world.put("c.txt", "c");
    world.put(".hidden.txt", "c");
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(plan.others().counts()).isEqualTo(Map.of(".jxl", 1L, ".txt", 1L));
    }
  }

  @Test
  void resultsBelowTheInputsAreNotInputs() throws IOException {
    world();
    Location in = new Location(folder + "/in");
    SyncWorld world = new SyncWorld(spark, new SyncFolders(in, in.resolve("out")));
    world.dream(world.rules());
    Files.createSymbolicLink(in.resolve("again").path(), Path.of("out"));
    assertThat(world.states()).isEqualTo(Map.of("a.png", ItemState.DONE));
  }
}
