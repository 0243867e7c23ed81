package io.reverie.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Behaviour of every storage. */
abstract class StorageContract {

  /** Large enough for several ranges and for a multipart upload. */
  private static final int LARGE = 11_000_000;

  private static final List<String> NAMES =
      List.of(
          "plain.png",
          "two  words.png",
          "Mädchen & Straße.png",
          "50%.png",
          "50%25.png",
          "a+b.png",
          "a#b?c.png",
          "[a]{b,c}*.png",
          "12:30.png",
          "key=value;'\".png",
          ".hidden.png",
          "..almost",
          "folder.with dots/[x] {y}/z%20+#.png",
          "夢/眠り.mp4");

  private final Location root = base().resolve("test-" + UUID.randomUUID());

  /** The storage of {@link #base}. */
  abstract Storage storage() throws IOException;

  /** Where the tests may write. */
  abstract Location base();

  @Nested
  class Leases extends LeaseContract {

    @Override
    Storage storage() throws IOException {
      return StorageContract.this.storage();
    }

    @Override
    Location base() {
      return root;
    }
  }

  /** Whether the storage allows a file of this name. */
  boolean allows(String name) {
    return !name.isEmpty();
  }

  /** A folder of this test alone, which does not exist yet. */
  final Location root() {
    return root;
  }

  final byte[] content(Location file) throws IOException {
    try (InputStream in = storage().read(file)) {
      return in.readAllBytes();
    }
  }

  final List<String> names(Location folder) throws IOException {
    try (Stream<Entry> entries = storage().list(folder)) {
      return entries.map(entry -> folder.relative(entry.location())).sorted().toList();
    }
  }

  static byte[] random(int length, long seed) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }

  private void put(Location file, String content) throws IOException {
    storage().write(file, content.getBytes(UTF_8));
  }

  private void assertNoUploadIsLeft() throws IOException {
    assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isZero();
  }

  @Test
  void aPublishedFileIsFoundListedAndRead() throws IOException {
    Location file = root.resolve("a/b.bin");
    byte[] content = random(LARGE, 1);
    long begin = System.currentTimeMillis();
    String result =
        storage()
            .publish(
                file,
                part -> {
                  assertThat(part).doesNotExist();
                  Files.write(part, content);
                  assertThat(storage().find(file)).isEmpty();
                  return "result";
                });
    assertThat(result).isEqualTo("result");
    assertThat(Arrays.equals(content(file), content)).isTrue();
    Entry found = storage().find(file).orElseThrow();
    assertThat(found.location()).isEqualTo(file);
    assertThat(found.length()).isEqualTo(content.length);
    // Stores report seconds, by their own clocks.
    assertThat(found.modified()).isBetween(begin - 60_000, begin + 60_000);
    try (Stream<Entry> entries = storage().list(root)) {
      assertThat(entries).containsExactly(found);
    }
    assertNoUploadIsLeft();
  }

  @Test
  void anEmptyFileIsAFile() throws IOException {
    Location file = root.resolve("empty");
    put(file, "");
    assertThat(storage().find(file).orElseThrow().length()).isZero();
    assertThat(names(root)).containsExactly("empty");
    try (SeekableByteChannel channel = storage().open(file)) {
      assertThat(channel.read(ByteBuffer.allocate(10))).isEqualTo(-1);
    }
  }

  @Test
  void aWriterThatThrowsLeavesTheOldContentAndNothingElse() throws IOException {
    Location file = root.resolve("a.bin");
    put(file, "old");
    Entry old = storage().find(file).orElseThrow();
    assertThatThrownBy(
            () ->
                storage()
                    .publish(
                        file,
                        part -> {
                          Files.write(part, random(100_000, 2));
                          throw new IOException("the encoder failed");
                        }))
        .hasMessage("the encoder failed");
    assertThat(storage().find(file)).contains(old);
    assertThat(names(root)).containsExactly("a.bin");
    assertThat(content(file)).asString().isEqualTo("old");
    assertNoUploadIsLeft();
  }

  @Test
  void aReaderOfTheOldContentNeverSeesPartsOfTheNew() throws IOException {
    Location file = root.resolve("a.bin");
    byte[] old = new byte[LARGE];
    Arrays.fill(old, (byte) 'o');
    byte[] fresh = new byte[LARGE];
    Arrays.fill(fresh, (byte) 'n');
    storage().write(file, old);
    byte[] read = new byte[LARGE];
    try (SeekableByteChannel channel = storage().open(file);
        InputStream stream = storage().read(file)) {
      ByteBuffer into = ByteBuffer.wrap(read);
      channel.read(into.limit(1000));
      into.limit(LARGE);
      int already = stream.readNBytes(1000).length;
      storage().write(file, fresh);
      // Some stores let the reader continue, some refuse.
      Throwable refused = catchThrowable(() -> readOn(channel, into));
      assertThat(Arrays.mismatch(read, 0, into.position(), old, 0, into.position())).isEqualTo(-1);
      if (refused == null) {
        assertThat(into.position()).isEqualTo(LARGE);
      } else {
        assertThat(refused).isInstanceOf(IOException.class);
      }
      byte[] streamed = old.clone();
      refused = catchThrowable(() -> stream.readNBytes(streamed, already, LARGE - already));
      assertThat(Arrays.equals(streamed, old)).isTrue();
      if (refused != null) {
        assertThat(refused).isInstanceOf(IOException.class);
      }
    }
    assertThat(Arrays.equals(content(file), fresh)).isTrue();
    assertThat(names(root)).containsExactly("a.bin");
  }

  private static void readOn(SeekableByteChannel channel, ByteBuffer into) throws IOException {
    while (into.hasRemaining() && channel.read(into) >= 0) {
      // Until it is full.
    }
  }

  @Test
  void theVersionChangesWithTheContentEvenIfTheLengthStays() throws IOException {
    Location file = root.resolve("a");
    put(file, "one");
    Entry one = storage().find(file).orElseThrow();
    assertThat(storage().find(file)).contains(one);
    Entry two = one;
    // File systems detect changes by their time, which has a resolution of some milliseconds.
    for (int i = 0; i < 1000 && two.version().equals(one.version()); i++) {
      put(file, "two");
      two = storage().find(file).orElseThrow();
    }
    assertThat(two.version()).isNotEqualTo(one.version());
    assertThat(two.identity()).isNotEqualTo(one.identity());
  }

  @Test
  void aListingIsFlatRecursiveAndLimitedToItsFolder() throws IOException {
    List<String> files = List.of("a.png", "b/c.png", "b/d/e.png", "b/d/f/g/h.png");
    for (String file : files) {
      put(root.resolve("in").resolve(file), file);
    }
    put(root.resolve("in2/x.png"), "x");
    assertThat(names(root.resolve("in"))).isEqualTo(files);
    assertThat(names(root.resolve("in").asFolder())).isEqualTo(files);
    assertThat(names(root.resolve("in/b"))).containsExactly("c.png", "d/e.png", "d/f/g/h.png");
    assertThat(storage().isFolder(root.resolve("in"))).isTrue();
    assertThat(storage().isFolder(root.resolve("in/b/d").asFolder())).isTrue();
    assertThat(storage().isFolder(root.resolve("in/a.png"))).isFalse();
    assertThat(storage().find(root.resolve("in/b"))).isEmpty();
    assertThat(names(root.resolve("in/a.png"))).isEmpty();
  }

  @Test
  void aMissingFolderIsEmpty() throws IOException {
    Location missing = root.resolve("no/such thing");
    assertThat(storage().find(missing)).isEmpty();
    assertThat(storage().isFolder(missing)).isFalse();
    assertThat(names(missing)).isEmpty();
    storage().delete(missing);
    assertThatThrownBy(() -> storage().open(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.text());
    assertThatThrownBy(() -> storage().read(missing))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(missing.text());
  }

  @Test
  void nothingExistsBelowAFile() throws IOException {
    put(root.resolve("a"), "a");
    Location below = root.resolve("a/b");
    assertThat(storage().find(below)).isEmpty();
    assertThat(storage().isFolder(below)).isFalse();
    assertThat(names(below)).isEmpty();
    storage().delete(below);
    assertThat(names(root)).containsExactly("a");
  }

  @Test
  void everyNameIsListedFoundAndReadAsItWasWritten() throws IOException {
    List<String> names = NAMES.stream().filter(this::allows).sorted().toList();
    for (String name : names) {
      put(root.resolve(name), "content of " + name);
    }
    assertThat(names(root)).isEqualTo(names);
    try (Stream<Entry> entries = storage().list(root)) {
      for (Entry entry : entries.toList()) {
        assertThat(storage().find(entry.location())).contains(entry);
        assertThat(content(entry.location()))
            .asString(UTF_8)
            .isEqualTo("content of " + root.relative(entry.location()));
        try (SeekableByteChannel channel = storage().open(entry.location())) {
          assertThat(channel.size()).isEqualTo(entry.length());
        }
      }
    }
    for (String name : names) {
      assertThat(storage().create(root.resolve(name), new byte[0])).isFalse();
      storage().delete(root.resolve(name));
    }
    assertThat(names(root)).isEmpty();
  }

  @Test
  void exactlyOneOfEightConcurrentCreationsSucceeds() throws Exception {
    Location file = root.resolve("lock/1");
    for (int round = 0; round < 3; round++) {
      List<Boolean> won =
          atOnce(8, i -> () -> storage().create(file, ("thread " + i).getBytes(UTF_8)));
      assertThat(won).containsOnlyOnce(true);
      assertThat(content(file)).asString().isEqualTo("thread " + won.indexOf(true));
      assertThat(names(root)).containsExactly("lock/1");
      assertThat(storage().create(file, "late".getBytes(UTF_8))).isFalse();
      assertThat(content(file)).asString().isEqualTo("thread " + won.indexOf(true));
      storage().delete(file);
    }
  }

  @Test
  void theLastOfEightConcurrentWritesRemains() throws Exception {
    Location file = root.resolve("new folder/a.bin");
    atOnce(
        8,
        i ->
            () -> {
              storage().write(file, random(50_000, i));
              return true;
            });
    byte[] content = content(file);
    assertThat(Stream.iterate(0, i -> i + 1).limit(8))
        .anyMatch(i -> Arrays.equals(random(50_000, i), content));
    assertThat(names(root)).containsExactly("new folder/a.bin");
    assertNoUploadIsLeft();
  }

  interface Task<T> {
    Callable<T> of(int number);
  }

  /** Runs a task in several threads at once, and returns their results. */
  static <T> List<T> atOnce(int count, Task<T> task) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      CyclicBarrier start = new CyclicBarrier(count);
      List<Future<T>> futures = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Callable<T> call = task.of(i);
        futures.add(
            threads.submit(
                () -> {
                  start.await();
                  return call.call();
                }));
      }
      List<T> results = new ArrayList<>();
      for (Future<T> future : futures) {
        results.add(future.get());
      }
      return results;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void deletingAFolderDeletesItsContentAndNoNeighbour() throws IOException {
    put(root.resolve("a/b/c/d"), "d");
    put(root.resolve("a/b/e"), "e");
    put(root.resolve("a/bc"), "bc");
    storage().delete(root.resolve("a/b"));
    assertThat(names(root)).containsExactly("a/bc");
    assertThat(storage().isFolder(root.resolve("a/b"))).isFalse();
    storage().delete(root.resolve("a/bc"));
    assertThat(names(root)).isEmpty();
  }

  @Test
  void concurrentDeletionsOfAFolderSucceed() throws Exception {
    for (int i = 0; i < 20; i++) {
      put(root.resolve("a/%d/b".formatted(i)), "b");
    }
    atOnce(
        4,
        i ->
            () -> {
              storage().delete(root.resolve("a"));
              return true;
            });
    assertThat(names(root)).isEmpty();
  }

  @Test
  void aChannelReadsTheFilesBytesAtAnyPosition() throws IOException {
    Location file = root.resolve("a.bin");
    byte[] content = random(3_000_000, 3);
    storage().write(file, content);
    Random random = new Random(4);
    List<SeekableByteChannel> channels = new ArrayList<>();
    try {
      channels.add(storage().open(file));
      channels.add(storage().open(file));
      for (int i = 0; i < 150; i++) {
        Collections.shuffle(channels, random);
        SeekableByteChannel channel = channels.get(0);
        if (random.nextInt(3) > 0) {
          channel.position(seek(random, content.length, channel.position()));
        }
        assertReads(channel, content, 1 + random.nextInt(1 << random.nextInt(20)));
      }
    } finally {
      for (SeekableByteChannel channel : channels) {
        channel.close();
      }
    }
  }

  /** A position far away, nearby, or around the end. */
  private static long seek(Random random, int length, long position) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> random.nextInt(length);
      case 2 -> Math.max(0, position + random.nextInt(2000) - 1000);
      default -> length - 1000 + random.nextInt(2000);
    };
  }

  private static void assertReads(SeekableByteChannel channel, byte[] content, int size)
      throws IOException {
    long position = channel.position();
    ByteBuffer into = ByteBuffer.allocate(size);
    int read = channel.read(into);
    if (position >= content.length) {
      assertThat(read).isEqualTo(-1);
      assertThat(channel.position()).isEqualTo(position);
      return;
    }
    assertThat(read).isPositive().isEqualTo(into.position());
    assertThat(channel.position()).isEqualTo(position + read);
    int from = (int) position;
    assertThat(Arrays.equals(into.array(), 0, read, content, from, from + read)).isTrue();
  }

  @Test
  void aChannelIsReadOnly() throws IOException {
    Location file = root.resolve("a.bin");
    put(file, "content");
    SeekableByteChannel channel = storage().open(file);
    assertThat(channel.isOpen()).isTrue();
    assertThat(channel.size()).isEqualTo(7);
    assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
    assertThatThrownBy(() -> channel.position(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> channel.write(ByteBuffer.allocate(1)))
        .isInstanceOf(NonWritableChannelException.class);
    assertThatThrownBy(() -> channel.truncate(1)).isInstanceOf(NonWritableChannelException.class);
    channel.close();
    channel.close();
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
        .isInstanceOf(ClosedChannelException.class);
  }
}
