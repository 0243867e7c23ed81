package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.InputKind;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.lock.SyncLock;
import io.reverie.jobs.sync.packed.PackedFolder;
import io.reverie.jobs.sync.packed.PackedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a prefix to its results, with dreams that are quick. */
class SyncJobIT {

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  private SyncWorld world;
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<List<String>> batches = new ArrayList<>();

  @BeforeAll
  static void start() {
    spark = SyncWorld.spark(Map.of());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  @BeforeEach
  void begin() throws IOException {
    world = SyncWorld.of(spark, new Location(folder.toString()));
    Files.createDirectories(folder.resolve("in"));
  }

  /**
   * Fails for the content "bad", kills its batch for "deadly", and refuses all items if one is
   * named "none".
   */
  private List<Outcome> dream(List<SyncItem> items, Journal journal) throws IOException {
    synchronized (batches) {
      batches.add(items.stream().map(SyncItem::name).toList());
    }
    if (items.stream().anyMatch(i -> i.name().startsWith("none"))) {
      throw UserException.usage("no layer 'x'");
    }
    return spark
        .parallelize(new ArrayList<>(items), items.size())
        .map(item -> dream(item, journal))
        .collect();
  }

  private static Outcome dream(SyncItem item, Journal journal) throws IOException {
    journal.begin(item);
    String content = Files.readString(item.input().location().path());
    if (content.startsWith("deadly")) {
      throw new IllegalStateException("the machine is gone");
    }
    boolean bad = content.startsWith("bad");
    if (!bad) {
      SyncWorld.put(item.output(), "dream of " + content);
    }
    Outcome outcome =
        SyncWorld.outcome(item, bad ? Status.FAILED : Status.DREAMED, bad ? "it is bad" : "");
    journal.end(item, outcome);
    return outcome;
  }

  private SyncReport run(SyncRequest request, SyncLock lock) {
    ResolvedSpec resolved =
        new ResolvedSpec(
            SpecLoader.load(Optional.empty(), List.of("sync.minAge=0")).spec(),
            "",
            "/w",
            "00",
            Map.of());
    ItemDreamer dreamer = this::dream;
    return new SyncJob(
            spark,
            resolved,
            Map.of(InputKind.IMAGE, dreamer, InputKind.VIDEO, dreamer),
            lease -> lock,
            outcomes::add)
        .run(request);
  }

  private SyncReport run(SyncRequest request) {
    return run(request, lock(new AtomicBoolean(true)));
  }

  private SyncReport run() {
    return run(request());
  }

  private SyncRequest request() {
    return SyncRequest.of(folder.resolve("in").toString(), folder.resolve("out").toString());
  }

  private SyncRequest request(long limit, double hours, boolean retry, boolean dryRun) {
    SyncRequest all = request();
    return new SyncRequest(all.in(), all.out(), Selection.ALL, limit, hours, retry, dryRun);
  }

  private static SyncLock lock(AtomicBoolean held) {
    return new SyncLock() {
      @Override
      public boolean isHeld() {
        return held.get();
      }

      @Override
      public String holder() {
        return "another";
      }

      @Override
      public void close() {
        held.set(false);
      }
    };
  }

  @Test
  void theSecondRunDoesNothingAndTheThirdOnlyWhatHasChanged() throws IOException {
    world.put("a.png", "a");
    world.put("b/c.mp4", "c");
    world.put("b/d.wmv", "d");
    SyncReport first = run();
    assertThat(first.counts().found()).isEqualTo(3);
    assertThat(first.counts().dreamed()).isEqualTo(3);
    assertThat(folder.resolve("out/a.png")).hasContent("dream of a");
    assertThat(folder.resolve("out/b/c.mp4")).hasContent("dream of c");
    assertThat(folder.resolve("out/b/d.wmv.mp4")).hasContent("dream of d");
    Map<String, String> before = world.results();
    batches.clear();
    SyncReport second = run();
    assertThat(second.counts().dreamed()).isZero();
    assertThat(second.counts().done()).isEqualTo(3);
    assertThat(second.items()).isEmpty();
    assertThat(outcomes).hasSize(3);
    assertThat(batches).isEmpty();
    Map<String, String> after = world.results();
    assertThat(after.remove(".reverie/sync/last.json"))
        .isNotEqualTo(before.remove(".reverie/sync/last.json"));
    assertThat(after).isEqualTo(before);
    world.put("a.png", "another a");
    world.put("e.png", "e");
    SyncReport third = run();
    assertThat(third.items())
        .extracting(o -> Path.of(o.input()).getFileName().toString())
        .containsExactlyInAnyOrder("a.png", "e.png");
    assertThat(third.counts().done()).isEqualTo(2);
    assertThat(folder.resolve("out/a.png")).hasContent("dream of another a");
  }

  @Test
  void aFailureIsReportedRetriedAndThenQuarantined() throws IOException {
    world.put("a.png", "a");
    world.put("b.png", "bad");
    for (int i = 0; i < SyncWorld.ATTEMPTS; i++) {
      SyncReport report = run();
      assertThat(report.counts().failed()).isEqualTo(1);
      assertThat(report.items().get(0).message()).isEqualTo("it is bad");
    }
    SyncReport report = run();
    assertThat(report.counts().failed()).isZero();
    assertThat(report.counts().quarantined()).isEqualTo(1);
    assertThat(report.quarantine().get(0).message()).isEqualTo("it is bad");
    assertThat(report.counts().left()).isZero();
    SyncRequest retry = request(Long.MAX_VALUE, Double.MAX_VALUE, true, false);
    assertThat(run(retry).counts().failed()).isEqualTo(1);
  }

  @Test
  void aBatchWhoseTasksDieLosesNoOtherBatchAndIsSettledByItsRecords() throws IOException {
    for (int i = 0; i < 6; i++) {
      world.put(i + ".mp4", i == 0 ? "deadly" : "good");
    }
    SyncReport first = run();
    assertThat(first.counts().failed()).isBetween(1L, 4L);
    assertThat(first.items().get(0).message()).contains("the machine is gone");
    assertThat(first.counts().dreamed()).isGreaterThanOrEqualTo(2);
    SyncReport second = run();
    assertThat(second.counts().dreamed() + second.counts().done()).isEqualTo(5);
    assertThat(second.counts().failed()).isEqualTo(1);
    assertThat(batches.get(batches.size() - 1)).as("alone, and last").containsExactly("0.mp4");
    run();
    assertThat(run().counts().quarantined()).isEqualTo(1);
  }

  @Test
  void anErrorThatConcernsAllEndsTheRunAndFailsNoItem() throws IOException {
    world.put("none.png", "x");
    assertThatThrownBy(this::run).isInstanceOf(UserException.class).hasMessage("no layer 'x'");
    assertThat(world.results().keySet()).noneMatch(n -> n.matches(".*(begun|failed)/.*"));
  }

  @Test
  void aRunStopsIfEverythingFails() throws IOException {
    for (int i = 0; i < 300; i++) {
      world.put(i + ".png", "bad");
    }
    SyncReport report = run();
    assertThat(report.counts().failed()).isBetween(64L, 192L);
    assertThat(report.counts().failed() + report.counts().left()).isEqualTo(300);
    assertThat(report.stopped()).contains("all failed");
  }

  @Test
  void inputsThatAreRefusedDoNotStopTheRun() throws IOException {
    for (int i = 0; i < 25; i++) {
      Files.createSymbolicLink(folder.resolve("in/%d.png".formatted(i)), Path.of("nowhere"));
    }
    world.put("good.png", "good");
    SyncReport report = run();
    assertThat(report.counts().failed()).isEqualTo(25);
    assertThat(report.counts().dreamed()).isEqualTo(1);
    assertThat(report.stopped()).isEmpty();
  }

  @Test
  void resultsAreCheckedOnlyByARunThatLeavesNothing() throws IOException {
    PackedFolder packed = world.ledger().packed();
    List<PackedRecord> many =
        LongStream.range(0, 20_000).mapToObj(i -> new PackedRecord(i, i, 0)).toList();
    packed.publish(packed.index(), List.of(packed.write(many)), 1);
    world.put("a.png", "a");
    world.put("b.png", "b");
    run(request(1, Double.MAX_VALUE, false, false));
    assertThat(packed.index().checked()).as("one is left").isEqualTo(1);
    Selection some = new Selection(List.of("a.*"), List.of());
    SyncRequest all = request();
    run(new SyncRequest(all.in(), all.out(), some, Long.MAX_VALUE, Double.MAX_VALUE, false, false));
    run(all.only(List.of("a.png")));
    assertThat(packed.index().checked()).as("of some").isEqualTo(1);
    run();
    assertThat(packed.index().checked()).isGreaterThan(1);
    assertThat(packed.index().records()).isEqualTo(20_000);
  }

  private SyncRequest deleting(String in, boolean dryRun) {
    SyncRequest all = request(Long.MAX_VALUE, Double.MAX_VALUE, false, dryRun);
    return new SyncRequest(
        folder.resolve(in).toString(),
        all.out(),
        all.selection(),
        all.limit(),
        all.maxHours(),
        false,
        dryRun,
        all.report(),
        new SyncScope(false, true, List.of()));
  }

  @Test
  void resultsOfOtherInputsAreNotDeleted() throws IOException {
    world.put("2024/a.png", "a");
    world.put("2024/b.png", "b");
    SyncRequest former =
        SyncRequest.of(folder.resolve("in/2024").toString(), folder.resolve("out").toString());
    run(former);
    for (boolean dryRun : List.of(true, false)) {
      assertThatThrownBy(() -> run(deleting("in", dryRun)))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("also has results of " + folder.resolve("in/2024"))
          .hasMessageEndingWith("delete %s to allow it".formatted(world.ledger().inputs()));
    }
    assertThat(folder.resolve("out/a.png")).exists();

    SyncWorld.delete(world.input("2024/b.png"));
    assertThat(run(deleting("in/2024", false)).gone().orphans()).as("its own").isEqualTo(1);
    assertThat(folder.resolve("out/b.png")).doesNotExist();

    run();
    assertThatThrownBy(() -> run(deleting("in/2024", false)))
        .hasMessageContaining("also has results of " + folder.resolve("in") + ", which");
  }

  @Test
  void theLimitTakesTheOldestAndLeavesTheRest() throws IOException {
    for (int i = 0; i < 5; i++) {
      world.put(i + ".png", "x");
      Files.setLastModifiedTime(
          folder.resolve("in/" + i + ".png"),
          java.nio.file.attribute.FileTime.fromMillis(1_000_000_000L * (10 - i)));
    }
    SyncReport report = run(request(2, Double.MAX_VALUE, false, false));
    assertThat(report.counts().dreamed()).isEqualTo(2);
    assertThat(report.counts().left()).isEqualTo(3);
    assertThat(batches).containsExactly(List.of("4.png", "3.png"));
  }

  @Test
  void aRunStartsNothingAfterItsTimeLimit() throws IOException {
    world.put("a.png", "a");
    SyncReport report = run(request(Long.MAX_VALUE, 1e-9, false, false));
    assertThat(report.counts().dreamed()).isZero();
    assertThat(report.counts().left()).isEqualTo(1);
    assertThat(report.stopped()).contains("--max-hours");
  }

  @Test
  void aDryRunReportsAndWritesNothing() throws IOException {
    world.put("a.png", "a");
    SyncReport report = run(request(Long.MAX_VALUE, Double.MAX_VALUE, false, true));
    assertThat(report.items()).extracting(Outcome::status).containsExactly(Status.PLANNED);
    assertThat(report.counts().left()).isEqualTo(1);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void nothingIsDoneWhileAnotherSyncIsActive() throws IOException {
    world.put("a.png", "a");
    SyncReport report = run(request(), lock(new AtomicBoolean(false)));
    assertThat(report.holder()).isEqualTo("another");
    assertThat(batches).isEmpty();
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aLostLeaseEndsTheRun() throws IOException {
    for (int i = 0; i < 200; i++) {
      world.put(i + ".png", "x");
    }
    AtomicBoolean held = new AtomicBoolean(true);
    SyncLock lock =
        new SyncLock() {
          @Override
          public boolean isHeld() {
            synchronized (batches) {
              return held.get() && batches.isEmpty();
            }
          }

          @Override
          public String holder() {
            return "another";
          }

          @Override
          public void close() {
            held.set(false);
          }
        };
    SyncReport report = run(request(), lock);
    assertThat(report.isLeaseLost()).isTrue();
    assertThat(report.counts().left()).isGreaterThanOrEqualTo(72);
    assertThat(folder.resolve("out/.reverie/sync/last.json")).doesNotExist();
  }

  @Test
  void theWrittenReportIsThePrintedOne() throws IOException {
    world.put("a.png", "a");
    world.put(".b.png", "hidden");
    SyncReport report = run();
    String written = Files.readString(folder.resolve("out/.reverie/sync/last.json"));
    assertThat(written.strip()).isEqualTo(report.json());
    JsonNode json = new ObjectMapper().readTree(written);
    assertThat(json.path("version").asInt()).isEqualTo(1);
    assertThat(json.path("command").asText()).isEqualTo("sync");
    assertThat(json.path("found").asInt()).isEqualTo(1);
    assertThat(json.path("items").get(0).path("status").asText()).isEqualTo("DREAMED");
    assertThat(json.path("quarantine").isArray()).isTrue();
  }

  @Test
  void aLinkToTheInputsIsFollowed() throws IOException {
    world.put("a.png", "a");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("in"));
    assertThat(run(SyncRequest.of(link.toString(), request().out())).counts().dreamed())
        .isEqualTo(1);
    assertThat(run().counts().done()).as("they are the same").isEqualTo(1);
  }

  @Test
  void theSecondOfTwoInputsWithOneResultFails() throws IOException {
    world.put("a.wmv", "one");
    world.put("a.wmv.mp4", "two");
    SyncReport report = run();
    assertThat(report.counts().dreamed()).isEqualTo(1);
    assertThat(report.counts().failed()).isEqualTo(1);
    assertThat(report.items().get(0).message()).contains("would both become a.wmv.mp4");
    assertThat(folder.resolve("out/a.wmv.mp4")).hasContent("dream of two");
  }
}
