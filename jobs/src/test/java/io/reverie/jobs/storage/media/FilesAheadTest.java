package io.reverie.jobs.storage.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.S3Server;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Files that are fetched from an object store before they are opened. */
@TestMethodOrder(OrderAnnotation.class)
class FilesAheadTest {

  private static final int FILES = 150;
  private static final int HUGE = 17 << 20;

  private static S3Server server;
  private static Storage storage;
  private static final List<FileEntry> ENTRIES = new ArrayList<>();
  private static FileEntry huge;

  private FilesAhead files;

  /** Counts requests by their names; Hadoop instantiates it. */
  public static final class Counter implements ExecutionInterceptor {

    private static final Map<String, LongAdder> COUNTS = new ConcurrentHashMap<>();

    @Override
    public void beforeTransmission(Context.BeforeTransmission sent, ExecutionAttributes ignored) {
      COUNTS
          .computeIfAbsent(sent.request().getClass().getSimpleName(), name -> new LongAdder())
          .increment();
    }
  }

  @BeforeAll
  static void store() throws Exception {
    server = S3Server.start();
    Location folder = server.bucket("files-ahead").resolve("work");
    Configuration counting = new Configuration(false);
    counting.set("fs.s3a.audit.execution.interceptors", Counter.class.getName());
    storage = S3Server.storage(folder, server.uri(), counting);
    for (int i = 0; i < FILES; i++) {
      storage.write(folder.resolve("piece-%03d".formatted(i)), content(i));
    }
    storage.write(folder.resolve("z-huge"), new byte[HUGE]);
    try (var listed = storage.list(folder)) {
      listed.forEach(ENTRIES::add);
    }
    huge = ENTRIES.remove(FILES);
    Counter.COUNTS.clear();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @BeforeEach
  void create() {
    files = new FilesAhead(storage, ENTRIES);
  }

  @AfterEach
  void close() {
    files.close();
    Counter.COUNTS.clear();
  }

  private static byte[] content(int number) {
    byte[] content = new byte[1000 + number];
    new Random(number).nextBytes(content);
    return content;
  }

  private static byte[] read(MediaSource source) throws IOException {
    try (SeekableByteChannel channel = source.open()) {
      ByteBuffer all = ByteBuffer.allocate((int) channel.size());
      while (all.hasRemaining() && channel.read(all) >= 0) {
        // Until it is full.
      }
      return all.array();
    }
  }

  /** The first test: closing does not wait for requests on their way. */
  @Order(1)
  @Test
  void inOrderEachTakesOneRequest() throws IOException {
    List<MediaSource> sources = files.sources();
    for (int i = 0; i < FILES; i++) {
      assertThat(read(sources.get(i))).isEqualTo(content(i));
      assertThat(sources.get(i).name()).endsWith("/work/piece-%03d".formatted(i));
    }
    assertThat(Counter.COUNTS.keySet()).containsExactly("GetObjectRequest");
    assertThat(Counter.COUNTS.get("GetObjectRequest").sum()).isEqualTo(FILES);
  }

  @Test
  void inAnyOrderEachGivesItsOwnContent() throws IOException {
    List<MediaSource> sources = files.sources();
    Random random = new Random(5);
    int at = 0;
    for (int i = 0; i < 300; i++) {
      assertThat(read(sources.get(at))).isEqualTo(content(at));
      at = random.nextInt(4) == 0 ? random.nextInt(FILES) : (at + 1) % FILES;
    }
  }

  @Test
  void aJumpFetchesLittleThatIsNotUsed() throws IOException {
    List<MediaSource> sources = files.sources();
    for (int i = 0; i < FILES; i += 10) {
      assertThat(read(sources.get(i))).isEqualTo(content(i));
    }
    files.close();
    assertThat(Counter.COUNTS.get("GetObjectRequest").sum()).isLessThanOrEqualTo(3 * FILES / 10);
  }

  @Test
  void aLargeFileIsReadWhenItIsOpened() throws IOException {
    files.close();
    files = new FilesAhead(storage, List.of(ENTRIES.get(0), huge, ENTRIES.get(1), huge));
    List<MediaSource> sources = files.sources();
    assertThat(read(sources.get(0))).isEqualTo(content(0));
    assertThat(read(sources.get(1))).isEqualTo(new byte[HUGE]);
    assertThat(read(sources.get(2))).isEqualTo(content(1));
    assertThat(read(sources.get(3))).hasSize(HUGE);
    assertThat(files.length()).isEqualTo(content(0).length + content(1).length + 2L * HUGE);
  }

  @Test
  void aFileThatHasChangedIsRefused() throws IOException {
    FileEntry before = ENTRIES.get(0);
    FileEntry longer =
        new FileEntry(before.location(), before.length() + 1, before.modified(), before.version());
    files.close();
    files = new FilesAhead(storage, List.of(longer, ENTRIES.get(1)));
    List<MediaSource> sources = files.sources();
    assertThatThrownBy(() -> read(sources.get(0)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("piece-000");
    assertThat(read(sources.get(1))).isEqualTo(content(1));
  }
}
