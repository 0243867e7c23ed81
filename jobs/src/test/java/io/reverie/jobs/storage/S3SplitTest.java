package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Parts of a bucket that are listed at once. */
class S3SplitTest {

  private static MemoryS3 store;

  @BeforeAll
  static void start() throws IOException {
    store = new MemoryS3();
  }

  @AfterAll
  static void stop() {
    store.close();
  }

  private record Listed(int parts, long largest, long splitting) {}

  /** Checks that the parts hold each key once. */
  private static Listed list(String folder, int count, IntFunction<String> names)
      throws IOException {
    TreeSet<String> expected = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      String name = names.apply(i);
      expected.add(name);
      store.put(folder + "/" + name, new byte[1]);
    }
    store.put(folder + "-other/a.png", new byte[1]);
    Location location = Location.of("s3a://bucket/" + folder);
    Storage storage = S3Server.storage(location, store.uri(), new Configuration(false));
    store.requests();
    List<ListingRange> parts = storage.split(location, 16);
    Map<String, Long> requests = store.requests();
    List<String> found = new ArrayList<>();
    long largest = 0;
    for (ListingRange part : parts) {
      try (Stream<ListingEntry> entries = storage.walk(location, part)) {
        List<String> some =
            entries.map(entry -> location.relative(((FileEntry) entry).location())).toList();
        largest = Math.max(largest, some.size());
        found.addAll(some);
      }
    }
    assertThat(found).doesNotHaveDuplicates().hasSize(expected.size());
    assertThat(new TreeSet<>(found)).isEqualTo(expected);
    return new Listed(parts.size(), largest, requests.getOrDefault("LIST", 0L));
  }

  @Test
  void aSinglePageIsOnePart() throws IOException {
    assertThat(list("small", 900, "%03d.png"::formatted)).isEqualTo(new Listed(1, 900, 1));
  }

  @Test
  void numberedFilesAreDividedWhereTheirNumbersBeginToDiffer() throws IOException {
    Listed listed = list("flat", 20_000, "image-%08d.png"::formatted);
    assertThat(listed.parts()).isBetween(10, 40);
    assertThat(listed.largest()).isLessThan(10_001);
    assertThat(listed.splitting()).isLessThan(80);
  }

  @Test
  void foldersAreDivided() throws IOException {
    Listed listed =
        list("deep", 20_000, i -> "%s/%05d.png".formatted("abcdefghij".charAt(i % 10), i));
    assertThat(listed.parts()).isBetween(10, 40);
    assertThat(listed.largest()).isLessThan(2001);
  }

  @Test
  void namesOfAllAlphabetsAreListedOnce() throws IOException {
    Random random = new Random(5);
    int[] first = {'a', 'z', '~', 0xe9, 0x4e00, 0xfffd, 0xe000, 0x1f600, 0x10ffff, '+', '%', ' '};
    Listed listed =
        list(
            "odd",
            8000,
            i ->
                Character.toString(first[random.nextInt(first.length)])
                    + Character.toString(first[random.nextInt(first.length)])
                    + i
                    + ".png");
    assertThat(listed.parts()).isGreaterThan(5);
  }

  @Test
  void theOrderIsThatOfTheBytes() {
    List<String> sorted =
        Stream.of("\uffff", "\ue000", "a", "\ud83d\ude00", "", "ab")
            .sorted(S3Split::compare)
            .toList();
    assertThat(sorted).containsExactly("", "a", "ab", "\ue000", "\uffff", "\ud83d\ude00");
  }
}
