package io.reverie.jobs.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/** A storage under test, and a folder in it for each test. */
abstract class StorageFixture {

  /** Large enough for several ranges, and for an upload in parts. */
  static final int LARGE = 11_000_000;

  final Location root = base().resolve("test-" + UUID.randomUUID());

  /** The storage of {@link #base}. */
  abstract Storage storage() throws IOException;

  /** Where the tests may write. */
  abstract Location base();

  /** Whether a file may be called so there. */
  boolean allows(String name) {
    return !name.isEmpty();
  }

  /** A folder of this test alone; nothing is there yet. */
  final Location root() {
    return root;
  }

  final byte[] content(Location file) throws IOException {
    try (InputStream in = storage().read(file)) {
      return in.readAllBytes();
    }
  }

  final List<String> names(Location folder) throws IOException {
    try (Stream<FileEntry> entries = storage().list(folder)) {
      return entries.map(entry -> folder.relative(entry.location())).sorted().toList();
    }
  }

  static byte[] random(int length, long seed) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }

  final void put(Location file, String content) throws IOException {
    storage().write(file, content.getBytes(UTF_8));
  }

  final void assertNoUploadIsLeft() throws IOException {
    assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isZero();
  }

  interface Task<T> {
    Callable<T> of(int number);
  }

  /** What several threads get when they do the same at the same time. */
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
}
