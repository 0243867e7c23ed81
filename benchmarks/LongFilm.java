import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.OutputTimeline;
import io.reverie.jobs.output.Pieces;
import io.reverie.jobs.output.Pieces.Piece;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaSource;
import io.reverie.video.PacketTimes;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.note.Note;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Joins the chunks of a long film; see long_film.sh.
 *
 * <pre>
 * java LongFilm.java encode SOURCE FOLDER       encodes chunks of 40 frames
 * java LongFilm.java join SOURCE WORK OUTPUT    joins them
 * </pre>
 */
public final class LongFilm {

  private static final int CHUNK = 40;

  private final Path source;
  private final VideoIndex index;
  private final OutputTimeline timeline;
  private final OutputTarget target;

  private LongFilm(Path source, String output) {
    this.source = source;
    this.index = new VideoFile(MediaSource.of(source)).index();
    this.timeline =
        new OutputTimeline(
            Optional.of(MediaSource.of(source)), index, PtsRange.ALL, index.size());
    this.target =
        OutputTarget.of(
            Location.of(output), SpecLoader.load(Optional.empty(), List.of()).spec());
  }

  public static void main(String[] words) throws Exception {
    if (words[0].equals("encode")) {
      new LongFilm(Path.of(words[1]), "film.mp4").encode(Path.of(words[2]));
    } else {
      new LongFilm(Path.of(words[1]), words[3]).join(words[2]);
    }
  }

  private int chunks() {
    return (index.count() + CHUNK - 1) / CHUNK;
  }

  private static String name(int chunk) {
    return "segment-%06d-%03d".formatted(chunk / 4, chunk % 4);
  }

  /** Encodes on all cores; the times of packets go into a file, as those of a work folder do. */
  private void encode(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<String> runs =
        IntStream.range(0, chunks()).parallel().mapToObj(i -> encode(folder, i)).toList();
    Files.write(times(), runs);
  }

  private String encode(Path folder, int chunk) {
    try (FrameWriter writer = target.writer(folder.resolve(name(chunk)), timeline)) {
      int end = Math.min(index.count(), (chunk + 1) * CHUNK);
      for (int i = chunk * CHUNK; i < end; i++) {
        float[] rgb = new float[index.size().width() * index.size().height() * 3];
        Arrays.fill(rgb, i * 7 % 251);
        writer.write(
            new Frame(
                index.size().width(),
                index.size().height(),
                rgb,
                Optional.empty(),
                index.times()[i],
                false));
      }
      writer.finish();
      return writer.packets().runs().toString();
    }
  }

  private Path times() {
    return source.resolveSibling("packets.txt");
  }

  private void join(String work) throws Exception {
    List<Piece> pieces = new ArrayList<>();
    for (String line : Files.readAllLines(times())) {
      List<Long> runs =
          Stream.of(line.replaceAll("[\\[\\] ]", "").split(",")).map(Long::valueOf).toList();
      pieces.add(new Piece(name(pieces.size()), new PacketTimes(runs)));
    }
    Thread watch = new Thread(LongFilm::watch);
    watch.setDaemon(true);
    watch.start();
    long computed = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    long begun = System.nanoTime();
    long frames =
        target
            .publish(
                timeline,
                new Pieces(new WorkFolder(Location.of(work)), pieces),
                new Note("Reverie", "{\"reverie\":1}"),
                report -> {})
            .frames();
    System.out.printf(
        Locale.ROOT,
        "joined %d chunks, %d frames in %.1f s, of which this thread computed %.1f s%n",
        pieces.size(),
        frames,
        (System.nanoTime() - begun) / 1e9,
        (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - computed) / 1e9);
  }

  /** Prints the memory of this process every ten seconds. */
  private static void watch() {
    long begun = System.nanoTime();
    try {
      while (true) {
        Thread.sleep(10_000);
        System.out.printf(
            Locale.ROOT,
            "%4.0f s: heap %d MB, process %s%n",
            (System.nanoTime() - begun) / 1e9,
            ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20,
            resident());
      }
    } catch (InterruptedException | IOException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String resident() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
          .findFirst()
          .orElse("?");
    }
  }
}
