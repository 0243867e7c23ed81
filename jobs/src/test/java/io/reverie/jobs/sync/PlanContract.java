package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.lock.NoLock;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Behaviour of a plan on every storage. */
abstract class PlanContract {

  private static final String OTHER_SETTINGS = "fedcba9876543210";

  private SyncWorld world;

  abstract JavaSparkContext spark();

  /** An empty folder. */
  abstract Location root();

  @BeforeEach
  void begin() {
    world = SyncWorld.of(spark(), root());
  }

  @Test
  void imagesAndVideosAreDueAndNothingElse() throws IOException {
    List<String> inputs =
        List.of("a.png", "b/c.JPG", "b/d.mp4", "e.gif", "f.wmv", "g.tar.webp", "_DSC1.JPG");
    for (String name : inputs) {
      world.put(name, "content");
    }
    for (String name :
        List.of(".h.png", "_temporary/i.png", "b/.j/k.png", "l.txt", "m.json", "png")) {
      world.put(name, "content");
    }
    assertThat(world.states().keySet()).containsExactlyInAnyOrderElementsOf(inputs);
    assertThat(world.states().values()).containsOnly(ItemState.DUE);
    assertThat(world.due(world.rules(), "b/d.mp4").output()).isEqualTo(world.output("b/d.mp4"));
    assertThat(world.due(world.rules(), "f.wmv").output()).isEqualTo(world.output("f.wmv.mp4"));
  }

  @Test
  void anEmptyFolderHasAnEmptyPlan() {
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(plan.found()).isZero();
      assertThat(plan.due()).isExhausted();
      assertThat(plan.suspects()).isEmpty();
      assertThat(plan.quarantined(10)).isEmpty();
    }
  }

  @Test
  void aDreamedInputIsDoneUntilItChangesAndANewInputIsDue() throws IOException {
    world.put("a.png", "a");
    world.put("b.mp4", "b");
    world.put("c.wmv", "c");
    world.dream(world.rules());
    assertThat(world.states().values()).containsOnly(ItemState.DONE);
    world.put("a.png", "another");
    world.put("d.png", "new");
    assertThat(world.states())
        .isEqualTo(
            Map.of(
                "a.png",
                ItemState.DUE,
                "b.mp4",
                ItemState.DONE,
                "c.wmv",
                ItemState.DONE,
                "d.png",
                ItemState.DUE));
    world.dream(world.rules());
    assertThat(world.states().values()).containsOnly(ItemState.DONE);
  }

  @Test
  void otherSettingsMakeEverythingDueAndSoDoTheFormerAfterwards() throws IOException {
    world.put("a.png", "a");
    world.dream(world.rules());
    StatusRules other =
        world.rules(OTHER_SETTINGS, 0, System.currentTimeMillis(), false, Selection.ALL);
    assertThat(world.states(other)).containsEntry("a.png", ItemState.DUE);
    world.dream(other);
    assertThat(world.states(other)).containsEntry("a.png", ItemState.DONE);
    assertThat(world.states()).containsEntry("a.png", ItemState.DUE);
  }

  @Test
  void aStartedDreamWithOtherSettingsReplacesTheFormer() throws IOException {
    world.put("a.png", "a");
    world.dream(world.rules());
    StatusRules other =
        world.rules(OTHER_SETTINGS, 0, System.currentTimeMillis(), false, Selection.ALL);
    world.journal(other).begin(world.due(other, "a.png"));
    assertThat(world.states()).containsEntry("a.png", ItemState.DUE);
  }

  @Test
  void aDeletedResultIsDueAndADeletedInputKeepsItsResult() throws IOException {
    world.put("a.png", "a");
    world.put("b.png", "b");
    world.dream(world.rules());
    SyncWorld.delete(world.output("a.png"));
    SyncWorld.delete(world.input("b.png"));
    assertThat(world.states()).isEqualTo(Map.of("a.png", ItemState.DUE, "b.png", ItemState.ORPHAN));
    world.dream(world.rules());
    assertThat(world.results()).containsKeys("a.png", "b.png");
  }

  @Test
  void packedRecordsCountUntilTheirInputChanges() throws IOException {
    for (String name : List.of("a.png", "b.wmv", "c.png")) {
      world.put(name, name);
    }
    world.dream(world.rules());
    world.pack(world.rules());
    assertThat(world.results().keySet().stream().filter(name -> name.contains("/done/"))).isEmpty();
    assertThat(world.states().values()).hasSize(3).containsOnly(ItemState.DONE);

    StatusRules other =
        world.rules(OTHER_SETTINGS, 0, System.currentTimeMillis(), false, Selection.ALL);
    world.journal(other).begin(world.due(other, "a.png"));
    SyncWorld.delete(world.output("c.png"));
    assertThat(world.states())
        .isEqualTo(Map.of("a.png", ItemState.DUE, "b.wmv", ItemState.DONE, "c.png", ItemState.DUE));
    try (SyncPlan plan = world.plan(world.rules().trusting(true))) {
      assertThat(plan.count(ItemState.DONE)).as("without a look at the results").isEqualTo(2);
      assertThat(plan.count(ItemState.DUE)).isEqualTo(1);
      assertThat(plan.found()).isEqualTo(3);
    }
    world.dream(world.rules());
    assertThat(world.states().values()).containsOnly(ItemState.DONE);
    world.pack(world.rules());
    assertThat(world.states().values()).containsOnly(ItemState.DONE);
    assertThat(world.results().keySet().stream().filter(name -> name.contains("/void/"))).isEmpty();
    assertThat(world.earlier().index().records()).isEqualTo(3);
  }

  @Test
  void aCrashWhilePackingLosesNoRecord() throws IOException {
    world.put("a.png", "a");
    world.dream(world.rules());
    EarlierRuns before = world.earlier();
    SyncItem item;
    try (SyncPlan plan = world.plan(world.rules())) {
      item = plan.looseItems().next().item();
    }
    world.pack(world.rules());
    // As if the process had died before it deleted the single record.
    world.journal(world.rules()).end(item, SyncWorld.outcome(item, Status.DREAMED, ""));
    assertThat(before.index().records()).isZero();
    assertThat(world.states()).isEqualTo(Map.of("a.png", ItemState.DONE));
    world.pack(world.rules());
    assertThat(world.states()).isEqualTo(Map.of("a.png", ItemState.DONE));
  }

  @Test
  void singleRecordsOutlastThePlanThatPacksThem() throws IOException {
    world.put("a.png", "a");
    world.dream(world.rules());
    world.put("b.png", "b");
    EarlierRuns earlier = world.earlier();
    try (SyncPlan plan = world.plan(world.rules())) {
      new Packing(earlier, new NoLock(), 1).pack(plan, 0);
      // As if the machine that kept the plan had been lost.
      spark().getPersistentRDDs().values().forEach(rdd -> rdd.unpersist(true));
      assertThat(plan.due()).toIterable().extracting(SyncItem::name).containsExactly("b.png");
    }
    world.pack(world.rules());
    assertThat(world.earlier().index().records()).as("packed once").isEqualTo(1);
    assertThat(world.results().keySet().stream().filter(name -> name.contains("/done/"))).isEmpty();
    assertThat(world.states()).containsEntry("a.png", ItemState.DONE);
  }

  @Test
  void onlyResultsThatWereMadeAndNotReplacedAreDeletedWithTheirInput() throws IOException {
    for (String name : List.of("a.png", "b.wmv", "c.png", "stays.png")) {
      world.put(name, name);
    }
    world.dream(world.rules());
    world.pack(world.rules());
    world.put("d.png", "d");
    world.dream(world.rules());
    SyncWorld.put(world.output("a.png.json"), "sidecar");
    SyncWorld.put(world.output("mine.png"), "never made");
    for (String name : List.of("a.png", "b.wmv", "c.png", "d.png")) {
      SyncWorld.delete(world.input(name));
    }
    replaceLater(world.output("c.png"));
    try (SyncPlan plan = world.plan(world.rules())) {
      Orphans orphans = new Orphans(world.folders(), plan);
      assertThat(orphans.areCertain()).isTrue();
      assertThat(orphans.names(10))
          .containsExactlyInAnyOrder(
              world.output("a.png").text(),
              world.output("b.wmv.mp4").text(),
              world.output("d.png").text());
      assertThat(orphans.delete(world.journal(world.rules()), new NoLock())).isEqualTo(3);
    }
    assertThat(world.results())
        .containsKeys("c.png", "mine.png", "stays.png")
        .doesNotContainKeys("a.png", "a.png.json", "b.wmv.mp4", "d.png");
    assertThat(world.states()).containsEntry("stays.png", ItemState.DONE);
    world.put("a.png", "a.png");
    assertThat(world.states()).containsEntry("a.png", ItemState.DUE);
  }

  /** Times of stores have steps of up to a second. */
  private void replaceLater(Location file) throws IOException {
    long before = Storage.of(file).find(file).orElseThrow().modified();
    long made = System.currentTimeMillis();
    do {
      SyncWorld.put(file, "someone's own");
    } while (Storage.of(file).find(file).orElseThrow().modified() <= Math.max(before, made));
  }

  @Test
  void withoutAnyInputNothingIsDeleted() throws IOException {
    world.put("a.png", "a");
    world.dream(world.rules());
    SyncWorld.delete(world.input("a.png"));
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThatThrownBy(() -> new Orphans(world.folders(), plan).areCertain())
          .isInstanceOf(UserException.class)
          .hasMessageContaining(
              "so --delete would delete all 1 results in " + world.folders().out());
    }
  }

  @Test
  void aRecentlyChangedInputWaits() throws IOException {
    world.put("a.png", "a");
    long changed = modified("a.png");
    assertThat(stateAfter(changed + 59_000)).isEqualTo(ItemState.YOUNG);
    assertThat(stateAfter(changed + 60_000)).isEqualTo(ItemState.DUE);
    assertThat(stateAfter(changed - 3_000)).isEqualTo(ItemState.YOUNG);
    assertThat(stateAfter(changed - 48 * 3600 * 1000L))
        .as("a wrong clock")
        .isEqualTo(ItemState.DUE);
  }

  private ItemState stateAfter(long now) {
    return world
        .states(world.rules(SyncWorld.SETTINGS, 60, now, false, Selection.ALL))
        .get("a.png");
  }

  private long modified(String name) throws IOException {
    Location file = world.input(name);
    return Storage.of(file).find(file).orElseThrow().modified();
  }

  @Test
  void anInputThatFailsTooOftenIsQuarantinedWithItsLastReason() throws IOException {
    world.put("bad.png", "bad");
    for (int i = 1; i <= SyncWorld.ATTEMPTS; i++) {
      assertThat(world.states()).containsEntry("bad.png", ItemState.DUE);
      world.fail(world.due(world.rules(), "bad.png"), world.rules(), "reason " + i);
    }
    assertThat(world.states()).containsEntry("bad.png", ItemState.QUARANTINED);
    try (SyncPlan plan = world.plan(world.rules())) {
      SyncItem item = plan.quarantined(10).get(0);
      assertThat(item.failures()).isEqualTo(SyncWorld.ATTEMPTS);
      assertThat(world.journal(world.rules()).reason(item)).isEqualTo("reason 3");
    }
    world.put("bad.png", "fixed");
    assertThat(world.states()).containsEntry("bad.png", ItemState.DUE);
  }

  @Test
  void anAttemptThatNeverEndedCountsAsFailedAndIsTriedLast() throws IOException {
    world.put("a.png", "poison");
    world.put("b.png", "good");
    Journal journal = world.journal(world.rules());
    for (int i = 1; i <= SyncWorld.ATTEMPTS; i++) {
      SyncItem item = world.due(world.rules(), "a.png");
      assertThat(item.attempt()).isEqualTo(i);
      journal.begin(item);
    }
    assertThat(world.states()).containsEntry("a.png", ItemState.QUARANTINED);
    try (SyncPlan plan = world.plan(world.rules())) {
      assertThat(journal.reason(plan.quarantined(1).get(0))).contains("did not finish");
    }
    List<SyncItem> retried = world.due(retry());
    assertThat(retried).extracting(SyncItem::name).containsExactly("b.png", "a.png");
    assertThat(retried).extracting(SyncItem::suspect).containsExactly(false, true);
  }

  @Test
  void suspectsWithFewerAttemptsAreTriedFirst() throws IOException {
    Journal journal = world.journal(world.rules());
    for (String name : List.of("a.png", "b.png", "c.png")) {
      world.put(name, name);
      journal.begin(world.due(world.rules(), name));
    }
    journal.begin(world.due(world.rules(), "a.png"));
    assertThat(world.due(world.rules()))
        .extracting(SyncItem::name)
        .containsExactly("b.png", "c.png", "a.png");
  }

  @Test
  void anAttemptInterruptedFromOutsideDoesNotCount() throws IOException {
    world.put("a.png", "a");
    SyncItem item = world.due(world.rules(), "a.png");
    world.journal(world.rules()).begin(item);
    world.journal(world.rules()).withdraw(List.of(item));
    assertThat(world.due(world.rules())).containsExactly(item);
  }

  @Test
  void onRequestQuarantinedInputsAreRetriedAndSuccessClearsTheFailures() throws IOException {
    world.put("a.png", "a");
    for (int i = 0; i < SyncWorld.ATTEMPTS; i++) {
      world.fail(world.due(world.rules(), "a.png"), world.rules(), "no");
    }
    assertThat(world.due(world.rules())).isEmpty();
    world.fail(world.due(retry(), "a.png"), world.rules(), "still no");
    assertThat(world.states()).containsEntry("a.png", ItemState.QUARANTINED);
    world.dream(retry());
    assertThat(world.states()).containsEntry("a.png", ItemState.DONE);
    SyncWorld.delete(world.output("a.png"));
    assertThat(world.due(world.rules(), "a.png").attempt()).isEqualTo(1);
    assertThat(world.results().keySet()).noneMatch(name -> name.contains("failed/"));
  }

  private StatusRules retry() {
    return world.rules(SyncWorld.SETTINGS, 0, System.currentTimeMillis(), true, Selection.ALL);
  }

  @Test
  void globsSelectInputs() throws IOException {
    for (String name : List.of("a.png", "b/c.png", "b/d.mp4", "b/e/f.mp4")) {
      world.put(name, name);
    }
    assertThat(due(List.of("**.mp4"), List.of())).containsExactly("b/d.mp4", "b/e/f.mp4");
    assertThat(due(List.of("b/*", "*.png"), List.of()))
        .containsExactly("a.png", "b/c.png", "b/d.mp4");
    assertThat(due(List.of("b/**"), List.of("**/f.*"))).containsExactly("b/c.png", "b/d.mp4");
    assertThat(due(List.of(), List.of("b/{c,d}.*"))).containsExactly("a.png", "b/e/f.mp4");
  }

  private List<String> due(List<String> includes, List<String> excludes) {
    Selection selection = new Selection(includes, excludes);
    return world
        .due(world.rules(SyncWorld.SETTINGS, 0, System.currentTimeMillis(), false, selection))
        .stream()
        .map(SyncItem::name)
        .sorted()
        .toList();
  }

  @Test
  void resultsBelowTheInputsAreNotInputs() throws IOException {
    SyncWorld below =
        new SyncWorld(
            spark(), new SyncFolders(world.folders().in(), world.folders().in().resolve("dreams")));
    below.put("a.png", "a");
    below.put("dreams-of-mine/b.png", "b");
    below.dream(below.rules());
    assertThat(below.states())
        .isEqualTo(Map.of("a.png", ItemState.DONE, "dreams-of-mine/b.png", ItemState.DONE));
  }

  @Test
  void theSecondOfTwoInputsWithOneResultIsRefusedUntilTheFirstIsDeleted() throws IOException {
    world.put("a.wmv", "one");
    world.put("a.wmv.mp4", "two");
    List<SyncItem> items = world.due(world.rules());
    assertThat(items).hasSize(2);
    SyncItem refused = world.due(world.rules(), "a.wmv");
    assertThat(refused.refusal())
        .isEqualTo("a.wmv.mp4 and a.wmv would both become a.wmv.mp4; rename one of them");
    world.dream(world.due(world.rules(), "a.wmv.mp4"), world.rules());
    world.fail(refused, world.rules(), refused.refusal());
    assertThat(world.states())
        .isEqualTo(Map.of("a.wmv", ItemState.DUE, "a.wmv.mp4", ItemState.DONE));
    SyncWorld.delete(world.input("a.wmv.mp4"));
    SyncItem alone = world.due(world.rules(), "a.wmv");
    assertThat(alone.refusal()).isEmpty();
    assertThat(alone.attempt()).isEqualTo(1);
    world.dream(alone, world.rules());
    assertThat(world.states()).isEqualTo(Map.of("a.wmv", ItemState.DONE));
  }

  @Test
  void awkwardNamesAreHandledLikeOthers() throws IOException {
    List<String> names =
        List.of(
            "a b.png",
            "[1] {2}.png",
            "50%25 off.png",
            "ü/ö ä.mp4",
            "a+b&c=d;e.png",
            "x:y.png",
            "日本/猫.webm",
            "quote'\".gif",
            "star*what?.png",
            "#hash.png",
            "-dash.png",
            "back\\slash.png");
    for (String name : awkward(names)) {
      world.put(name, name);
    }
    assertThat(world.states().keySet()).containsExactlyInAnyOrderElementsOf(awkward(names));
    world.dream(world.rules());
    assertThat(world.states().values()).containsOnly(ItemState.DONE);
    assertThat(world.results()).containsKeys(awkward(names).toArray(new String[0]));
  }

  /** The names that the storage allows. */
  List<String> awkward(List<String> names) {
    return names;
  }

  @Test
  void theOldestComesFirst() throws IOException {
    for (String name : List.of("c.png", "a.png", "b.png")) {
      world.put(name, name);
    }
    assertThat(world.due(world.rules()))
        .isSortedAccordingTo(
            java.util.Comparator.comparing((SyncItem i) -> i.input().modified())
                .thenComparing(SyncItem::name))
        .hasSize(3);
  }

  @Test
  void foreignFilesAmongTheRecordsAreIgnored() throws IOException {
    world.put("a.png", "a");
    SyncWorld.put(world.output(".reverie/sync/done/readme.json"), "{}");
    SyncWorld.put(world.output(".reverie/sync/last.json"), "{}");
    SyncWorld.put(world.output(".reverie/sync/failed/0123456789abcdef-0123456789abcdef.json"), "");
    world.dream(world.rules());
    assertThat(world.states()).isEqualTo(Map.of("a.png", ItemState.DONE));
  }
}
