package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.SyncSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.sync.input.Selection;
import io.reverie.jobs.sync.lock.NoLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A prefix of inputs and one of results, with operations on them. */
record SyncWorld(JavaSparkContext spark, SyncFolders folders) {

  static final String SETTINGS = "0123456789abcdef";
  static final int ATTEMPTS = 3;

  static JavaSparkContext spark(Map<String, String> settings) {
    SparkConf conf = new SparkConf().setMaster("local[2,4]").setAppName("sync");
    settings.forEach(conf::set);
    JavaSparkContext spark = new JavaSparkContext(conf);
    spark.setLogLevel("ERROR");
    return spark;
  }

  static SyncWorld of(JavaSparkContext spark, Location root) {
    return new SyncWorld(spark, new SyncFolders(root.resolve("in"), root.resolve("out")));
  }

  Location input(String name) {
    return folders.in().resolve(name);
  }

  Location output(String name) {
    return folders.out().resolve(name);
  }

  Ledger ledger() {
    return new Ledger(folders.out());
  }

  void put(String name, String content) throws IOException {
    put(input(name), content);
  }

  static void put(Location file, String content) throws IOException {
    Storage.of(file).write(file, content.getBytes(StandardCharsets.UTF_8));
  }

  static void delete(Location file) throws IOException {
    Storage.of(file).delete(file);
  }

  /** Rules without a minimum age. */
  StatusRules rules() {
    return rules(SETTINGS, 0, System.currentTimeMillis(), false, Selection.ALL);
  }

  StatusRules rules(String settingsId, long minAge, long now, boolean retry, Selection selection) {
    return new StatusRules(
        folders.out(),
        settingsId,
        new SyncSpec(minAge, ATTEMPTS, SyncSpec.LeaseMode.AUTO),
        selection,
        now,
        retry,
        false);
  }

  /** The state of each input, by name. */
  Map<String, ItemState> states(StatusRules rules) {
    Map<String, ItemState> states = new TreeMap<>();
    try (SyncPlan plan = plan(rules)) {
      plan.all().forEachRemaining(s -> states.put(s.item().name(), s.state()));
    }
    return states;
  }

  Map<String, ItemState> states() {
    return states(rules());
  }

  SyncPlan plan(StatusRules rules) {
    return SyncPlan.of(spark, new SyncPlan.Sources(folders, rules, earlier(), false, List.of()), 3);
  }

  EarlierRuns earlier() {
    try {
      return EarlierRuns.read(ledger());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Packs all records of what is done. */
  void pack(StatusRules rules) throws IOException {
    EarlierRuns earlier = earlier();
    try (SyncPlan plan =
        SyncPlan.of(spark, new SyncPlan.Sources(folders, rules, earlier, false, List.of()), 3)) {
      Packing packing = new Packing(earlier, new NoLock(), 1);
      packing.pack(plan, 0);
      packing.finish(0);
    }
  }

  /** All due items, in order. */
  List<SyncItem> due(StatusRules rules) {
    List<SyncItem> items = new ArrayList<>();
    try (SyncPlan plan = plan(rules)) {
      plan.due().forEachRemaining(items::add);
      items.addAll(plan.suspects());
    }
    return items;
  }

  SyncItem due(StatusRules rules, String name) {
    return due(rules).stream().filter(i -> i.name().equals(name)).findFirst().orElseThrow();
  }

  /** Dreams all due items. */
  void dream(StatusRules rules) throws IOException {
    for (SyncItem item : due(rules)) {
      dream(item, rules);
    }
  }

  void dream(SyncItem item, StatusRules rules) throws IOException {
    Journal journal = journal(rules);
    journal.begin(item);
    put(item.output(), "dream of " + item.name());
    journal.end(item, outcome(item, Status.DREAMED, ""));
  }

  void fail(SyncItem item, StatusRules rules, String message) throws IOException {
    Journal journal = journal(rules);
    journal.begin(item);
    journal.end(item, outcome(item, Status.FAILED, message));
  }

  Journal journal(StatusRules rules) {
    return new Journal(ledger(), rules.settingsId());
  }

  static Outcome outcome(SyncItem item, Status status, String message) {
    return status == Status.FAILED
        ? Journal.failed(item, message)
        : Outcome.dreamed(
            new WorkItem(item.input().location().text(), item.output()), 1, 0.5, List.of());
  }

  /** All files below the results, with their versions. */
  Map<String, String> results() throws IOException {
    Map<String, String> all = new TreeMap<>();
    try (Stream<io.reverie.jobs.storage.FileEntry> files =
        Storage.of(folders.out()).list(folders.out())) {
      files.forEach(
          f -> all.put(folders.out().relative(f.location()), f.version() + " " + f.modified()));
    }
    return all;
  }
}
