package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.storage.Location;
import io.reverie.jobs.sync.input.Selection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to inputs, results and runs, a plan says what a plain model in memory says. */
@ExtendWith(SyncSpark.class)
class RulesModelIT {

  private static final List<String> SETTINGS = List.of("aaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbb");
  private static final int NAMES = 40;
  private static final int ROUNDS = 6;

  private final JavaSparkContext spark;

  @TempDir private Path folder;

  RulesModelIT(JavaSparkContext spark) {
    this.spark = spark;
  }

  /** What a person would remember about an input. */
  private static final class Memory {
    private int version;
    private boolean result;
    private String madeOf = "";
    private final Map<String, Integer> failures = new HashMap<>();

    private String work(String settings) {
      return version + settings;
    }

    private ItemState state(String settings) {
      if (result && madeOf.equals(work(settings))) {
        return ItemState.DONE;
      }
      return failures.getOrDefault(work(settings), 0) >= SyncWorld.ATTEMPTS
          ? ItemState.QUARANTINED
          : ItemState.DUE;
    }

    private void begin(String settings) {
      if (!madeOf.equals(work(settings))) {
        madeOf = "";
      }
    }

    private void fail(String settings) {
      begin(settings);
      failures.merge(work(settings), 1, Integer::sum);
    }

    private void succeed(String settings) {
      result = true;
      madeOf = work(settings);
      failures.clear();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aPlanAgreesWithAModel(long seed) throws IOException {
    Random random = new Random(seed);
    SyncWorld world = SyncWorld.of(spark, new Location(folder.toString()));
    Map<String, Memory> model = new TreeMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      change(world, model, random);
      String settings = SETTINGS.get(random.nextInt(SETTINGS.size()));
      boolean retry = random.nextInt(4) == 0;
      StatusRules rules =
          world.rules(settings, 0, System.currentTimeMillis() + 60_000, retry, Selection.ALL);
      Map<String, ItemState> expected = new TreeMap<>();
      model.forEach((name, memory) -> expected.put(name, memory.state(settings)));
      if (retry) {
        expected.replaceAll((name, s) -> s == ItemState.QUARANTINED ? ItemState.DUE : s);
      }
      assertThat(world.states(rules)).as("seed %d, round %d", seed, round).isEqualTo(expected);
      if (random.nextBoolean()) {
        world.pack(rules);
        assertThat(world.states(rules)).as("packed, %d", seed).isEqualTo(expected);
      }
      work(world, model, rules, random);
    }
  }

  private static void change(SyncWorld world, Map<String, Memory> model, Random random)
      throws IOException {
    for (int i = 0; i < NAMES; i++) {
      String name = "folder%d/%d.%s".formatted(i % 3, i, i % 2 == 0 ? "png" : "wmv");
      Memory memory = model.get(name);
      int event = random.nextInt(8);
      if (event == 0 && memory != null && memory.result) {
        SyncWorld.delete(world.output(i % 2 == 0 ? name : name + ".mp4"));
        memory.result = false;
      } else if (event <= 1 || (memory == null && event <= 4)) {
        Memory changed = model.computeIfAbsent(name, n -> new Memory());
        changed.version++;
        world.put(name, "x".repeat(changed.version));
      }
    }
  }

  private static void work(
      SyncWorld world, Map<String, Memory> model, StatusRules rules, Random random)
      throws IOException {
    for (SyncItem item : world.due(rules)) {
      Memory memory = model.get(item.name());
      switch (random.nextInt(5)) {
        case 0, 1 -> {
          world.dream(item, rules);
          memory.succeed(rules.settingsId());
        }
        case 2, 3 -> {
          if (random.nextBoolean()) {
            world.fail(item, rules, "no");
          } else {
            world.journal(rules).begin(item);
          }
          memory.fail(rules.settingsId());
        }
        default -> {
          // The run ended before this item.
        }
      }
    }
  }
}
