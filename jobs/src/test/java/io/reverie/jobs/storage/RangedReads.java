package io.reverie.jobs.storage;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Measures the cost of reading segments of videos from a distant store, compared with copying the
 * videos first: {@code RangedReads LATENCY_MS MEGABYTES_PER_SECOND VIDEO...}.
 */
final class RangedReads {

  private static final int FRAMES = 40;

  private final FaultyProxy proxy;
  private final Storage storage;
  private final Location bucket;

  private RangedReads(FaultyProxy proxy, Storage storage, Location bucket) {
    this.proxy = proxy;
    this.storage = storage;
    this.bucket = bucket;
  }

  public static void main(String[] args) throws Exception {
    try (S3Server server = S3Server.startOpen();
        FaultyProxy proxy = new FaultyProxy(server.uri())) {
      Location bucket = server.bucket("ranged-reads");
      Storage storage = HadoopStorage.of(bucket, S3Server.configuration(proxy.uri()));
      RangedReads reads = new RangedReads(proxy, storage, bucket);
      for (int i = 2; i < args.length; i++) {
        Path video = Path.of(args[i]);
        proxy.slow(Duration.ZERO, Long.MAX_VALUE);
        storage.publish(
            bucket.resolve(video.getFileName().toString()), part -> Files.copy(video, part));
        proxy.slow(Duration.ofMillis(Long.parseLong(args[0])), Long.parseLong(args[1]) * 1_000_000);
        reads.measure(video);
      }
    }
    // Threads of Hadoop and of native libraries are still running.
    System.exit(0);
  }

  private void measure(Path video) throws Exception {
    System.out.printf("%s, %.1f MB%n", video.getFileName(), Files.size(video) / 1e6);
    Location object = bucket.resolve(video.getFileName().toString());
    read("in ranges", remote(object));
    Path copy = Files.createTempFile("ranged-reads", object.name());
    step("copy", () -> copy(object, copy));
    read("in the copy", MediaSource.of(copy));
    Files.delete(copy);
  }

  private MediaSource remote(Location object) {
    return new MediaSource() {
      @Override
      public String name() {
        return object.name();
      }

      @Override
      public SeekableByteChannel open() throws IOException {
        return storage.open(object);
      }
    };
  }

  private long copy(Location object, Path copy) throws IOException {
    try (InputStream in = storage.read(object)) {
      return Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private void read(String how, MediaSource media) throws Exception {
    VideoIndex index = step("index " + how, () -> new VideoFile(media).index());
    int last = index.count() - FRAMES;
    for (int from : new int[] {0, last / 2, last}) {
      step("%d frames from %d %s".formatted(FRAMES, from, how), () -> decode(media, index, from));
    }
  }

  private static int decode(MediaSource media, VideoIndex index, int from) {
    int count = 0;
    try (FrameReader frames =
        new VideoFile(media)
            .open(index, index.range(from, from + FRAMES), Optional.of(new Size(320, 180)))) {
      while (frames.next().isPresent()) {
        count++;
      }
    }
    return count;
  }

  private <T> T step(String name, Callable<T> step) throws Exception {
    proxy.reset();
    long begin = System.nanoTime();
    T result = step.call();
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "  %-34s %3d requests %7.2f MB %6.2f s%n",
        name, proxy.count(request -> true), proxy.bytes() / 1e6, seconds);
    return result;
  }
}
