package io.reverie.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every storage keeps to. */
abstract class StorageContract extends StorageReadingContract {

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
    FileEntry found = storage().find(file).orElseThrow();
    assertThat(found.location()).isEqualTo(file);
    assertThat(found.length()).isEqualTo(content.length);
    // Stores report seconds, by their own clocks.
    assertThat(found.modified()).isBetween(begin - 60_000, begin + 60_000);
    try (Stream<FileEntry> entries = storage().list(root)) {
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
    FileEntry old = storage().find(file).orElseThrow();
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
  void theVersionChangesWithTheContentEvenOfTheSameLength() throws IOException {
    Location file = root.resolve("a");
    put(file, "one");
    FileEntry one = storage().find(file).orElseThrow();
    assertThat(storage().find(file)).contains(one);
    FileEntry two = one;
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
    try (Stream<FileEntry> entries = storage().list(root)) {
      for (FileEntry entry : entries.toList()) {
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
}
