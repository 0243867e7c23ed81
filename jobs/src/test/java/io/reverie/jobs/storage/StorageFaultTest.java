package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.FaultyProxy.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** S3A with a faulty server: retries, results and the number of requests. */
class StorageFaultTest {

  private static final byte[] CONTENT = StorageFixture.random(11_000_000, 1);

  private static S3Server server;
  private static FaultyProxy proxy;
  private static Location bucket;

  private final Location root = bucket.resolve("test-" + UUID.randomUUID());
  private final Location file = root.resolve("a.bin");

  @BeforeAll
  static void start() throws Exception {
    server = S3Server.startOpen();
    proxy = new FaultyProxy(server.uri());
    bucket = server.bucket("storage-fault-test");
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    server.close();
  }

  @BeforeEach
  void reset() {
    proxy.reset();
  }

  private static Storage storage() throws IOException {
    Configuration configuration = S3Server.configuration(proxy.uri());
    configuration.set("fs.s3a.attempts.maximum", "0");
    configuration.set("fs.s3a.retry.limit", "4");
    configuration.set("fs.s3a.retry.throttle.limit", "4");
    configuration.set("fs.s3a.paging.maximum", "2");
    return HadoopStorage.of(bucket, configuration);
  }

  private void assertContent(byte[] expected) throws IOException {
    try (InputStream in = storage().read(file)) {
      assertThat(Arrays.equals(in.readAllBytes(), expected)).isTrue();
    }
    try (SeekableByteChannel channel = storage().open(file)) {
      ByteBuffer into = ByteBuffer.allocate(expected.length);
      while (into.hasRemaining() && channel.read(into) >= 0) {
        // Until the buffer is full.
      }
      assertThat(Arrays.equals(into.array(), expected)).isTrue();
    }
  }

  @Test
  void requestsToAnOverloadedServerAreRetried() throws IOException {
    proxy.fail(Fault.OVERLOADED, 2, request -> request.startsWith("PUT"));
    proxy.fail(Fault.OVERLOADED, 1, request -> request.startsWith("POST"));
    storage().write(file, CONTENT);
    proxy.fail(Fault.OVERLOADED, 2, request -> request.startsWith("HEAD"));
    proxy.fail(Fault.OVERLOADED, 3, request -> request.startsWith("GET"));
    assertContent(CONTENT);
    assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isZero();
    assertThat(proxy.isDone()).isTrue();
  }

  @Test
  void aTruncatedResponseIsRetried() throws IOException {
    storage().write(file, CONTENT);
    proxy.fail(Fault.CUT, 3, request -> request.startsWith("GET") && request.contains("a.bin"));
    assertContent(CONTENT);
    proxy.fail(Fault.CUT, 3, request -> request.startsWith("GET") && request.contains("a.bin"));
    try (SeekableByteChannel channel = storage().open(file)) {
      for (int at : new int[] {10_000_000, 3, 5_000_000}) {
        ByteBuffer into = ByteBuffer.allocate(1000);
        assertThat(channel.position(at).read(into)).isEqualTo(1000);
        assertThat(into.array()).isEqualTo(Arrays.copyOfRange(CONTENT, at, at + 1000));
      }
    }
    assertThat(proxy.isDone()).isTrue();
  }

  @Test
  void aWriteWhoseResponseIsLostHappensOnce() throws IOException {
    proxy.fail(Fault.LOST, 1, request -> request.startsWith("POST") && request.contains("uploads"));
    proxy.fail(Fault.LOST, 1, request -> request.startsWith("PUT"));
    storage().write(file, CONTENT);
    assertContent(CONTENT);
    try (Stream<FileEntry> entries = storage().list(root)) {
      assertThat(entries).hasSize(1);
    }
    assertThat(proxy.isDone()).isTrue();
    // The upload whose start was not acknowledged, which is never finished.
    assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isEqualTo(1);
  }

  @Test
  void aCreationIsRetriedAfterAConflict() throws IOException {
    proxy.fail(Fault.CONFLICT, 3, request -> request.startsWith("PUT"));
    assertThat(storage().create(file, new byte[3])).isTrue();
    assertThat(proxy.isDone()).isTrue();
    assertThat(storage().create(file, new byte[4])).isFalse();
  }

  @Test
  void anUploadThatKeepsFailingLeavesTheOldObjectAndNothingElse() throws IOException {
    byte[] old = {1, 2, 3};
    storage().write(file, old);
    for (String kind : new String[] {"partNumber=2", "uploadId="}) {
      String method = kind.equals("uploadId=") ? "POST" : "PUT";
      proxy.fail(
          Fault.BROKEN, 1000, request -> request.startsWith(method) && request.contains(kind));
      assertThatThrownBy(() -> storage().write(file, CONTENT))
          .isInstanceOf(StorageException.class)
          .hasMessage(file + ": the store failed; rerun later");
      proxy.reset();
      assertContent(old);
      assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isLessThanOrEqualTo(1);
      assertThat(storage().abortUploads(root, Long.MAX_VALUE)).isZero();
    }
    proxy.fail(Fault.OVERLOADED, 1000, request -> request.startsWith("PUT"));
    assertThatThrownBy(() -> storage().write(file, new byte[4]))
        .hasMessage(
            file
                + ": the store is overloaded and kept rejecting requests; rerun later, or with fewer tasks"
                + " at a time");
    proxy.reset();
    assertContent(old);
  }

  @Test
  void sequentialReadsTakeFewRequests() throws IOException {
    storage().write(file, CONTENT);
    proxy.reset();
    try (SeekableByteChannel channel = storage().open(file)) {
      while (channel.read(ByteBuffer.allocate(4096)) >= 0) {
        // Until the end of the file.
      }
    }
    // 256 KiB, 512 KiB, 1, 2, 4 MiB and the rest.
    assertThat(proxy.count(request -> request.startsWith("GET"))).isEqualTo(6);
    assertThat(proxy.count(request -> request.startsWith("HEAD"))).isEqualTo(1);
    assertThat(proxy.bytes()).isEqualTo(CONTENT.length);
  }

  @Test
  void randomReadsFetchLittle() throws IOException {
    storage().write(file, CONTENT);
    proxy.reset();
    try (SeekableByteChannel channel = storage().open(file)) {
      for (int at : new int[] {10_000_000, 3, 5_000_000, 5_100_000, 5_001_000}) {
        channel.position(at).read(ByteBuffer.allocate(1000));
      }
    }
    assertThat(proxy.count(request -> request.startsWith("GET"))).isEqualTo(3);
    assertThat(proxy.bytes()).isEqualTo(3 * (256 << 10));
  }

  @Test
  void aListingIsFetchedPageByPage() throws IOException {
    for (int i = 0; i < 9; i++) {
      storage().write(root.resolve("folder %d/a".formatted(i)), new byte[1]);
    }
    proxy.reset();
    try (Stream<FileEntry> entries = storage().list(root)) {
      assertThat(entries.findFirst()).isPresent();
    }
    long first = proxy.count(request -> request.contains("list-type"));
    proxy.reset();
    try (Stream<FileEntry> entries = storage().list(root)) {
      assertThat(entries).hasSize(9);
    }
    assertThat(first).isLessThanOrEqualTo(2);
    assertThat(proxy.count(request -> request.contains("list-type"))).isGreaterThanOrEqualTo(5);
  }
}
