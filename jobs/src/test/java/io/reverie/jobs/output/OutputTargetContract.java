package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.jobs.output.Pieces.Piece;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.video.AssemblyReport;
import io.reverie.video.Frame;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.note.Note;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kind of output: it appears at once, when it is complete. */
abstract class OutputTargetContract {

  static final int FRAMES = 6;
  static final Note NOTE = new Note("Reverie", "{\"reverie\":1}");

  private static final Size SIZE = new Size(64, 48);

  /** Codecs and palettes shift a grey by less than this; frames are 30 levels apart. */
  private static final double LOSS = 12;

  @TempDir private Path folder;

  /** The output as a user names it, in its folder. */
  abstract String name();

  /** The files of a result of so many frames, sorted. */
  abstract List<String> files(int frames);

  /** The mean grey level of each frame of a result. */
  abstract List<Double> greys(Path results) throws IOException;

  final Path results() {
    return folder.resolve("deep/out");
  }

  final OutputTarget target() {
    Location output = new Location(results().resolve(name()).toString());
    return OutputTarget.of(output, SpecLoader.load(Optional.empty(), List.of()).spec());
  }

  static OutputTimeline timeline(int frames) {
    return new OutputTimeline(
        Optional.empty(),
        VideoIndex.steady(new Rational(24, 1), frames, SIZE, 8, false),
        PtsRange.ALL,
        SIZE);
  }

  /** The last is like the first: a GIF's palette has no colours that only its last frame has. */
  static double grey(int frame) {
    return 30 * (frame % (FRAMES - 1) + 1);
  }

  /** Some of the frames from one to another, in a file of their own. */
  private Piece piece(OutputTarget target, int frames, int from, int to, IntPredicate decodable) {
    Path file = folder.resolve("piece-%d-%d".formatted(from, to));
    try (FrameWriter writer = target.writer(file, timeline(frames))) {
      for (int i : IntStream.range(from, to).filter(decodable).toArray()) {
        float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
        Arrays.fill(rgb, (float) grey(i));
        writer.write(new Frame(SIZE.width(), SIZE.height(), rgb, Optional.empty(), i, false));
      }
      writer.finish();
      return new Piece(file.getFileName().toString(), writer.packets());
    }
  }

  final AssemblyReport publish(int frames, OutputTarget.PublishHook before) throws IOException {
    return publish(frames, frame -> true, before);
  }

  final AssemblyReport publish(int frames, IntPredicate decodable, OutputTarget.PublishHook before)
      throws IOException {
    OutputTarget target = target();
    int middle = frames / 2;
    List<Piece> pieces =
        List.of(
            piece(target, frames, 0, middle, decodable),
            piece(target, frames, middle, frames, decodable));
    WorkFolder work = new WorkFolder(new Location(folder.toString()));
    return target.publish(timeline(frames), new Pieces(work, pieces), NOTE, before);
  }

  /** The files in the folder of results, each with a hash of its content. */
  final Map<String, Integer> published() throws IOException {
    Map<String, Integer> published = new TreeMap<>();
    if (Files.exists(results())) {
      try (Stream<Path> files = Files.list(results())) {
        for (Path file : files.toList()) {
          published.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
        }
      }
    }
    return published;
  }

  @Test
  void thereIsNoResultWhileItsPiecesAreWritten() throws IOException {
    piece(target(), FRAMES, 0, FRAMES, frame -> true);
    assertThat(target().exists()).isFalse();
    assertThat(published()).isEmpty();
  }

  @Test
  void aResultAppearsWhenAllOfItIsReady() throws IOException {
    List<Long> announced = new ArrayList<>();
    AssemblyReport report =
        publish(
            FRAMES,
            assembled -> {
              assertThat(target().exists()).isFalse();
              announced.add(assembled.frames());
            });
    assertThat(report.frames()).isEqualTo(FRAMES);
    assertThat(announced).containsExactly((long) FRAMES);
    assertThat(target().exists()).isTrue();
    assertThat(published().keySet()).containsExactlyElementsOf(files(FRAMES));
  }

  @Test
  void theFramesOfAllPiecesAreInTheirOrder() throws IOException {
    publish(FRAMES, frames -> {});
    List<Double> greys = greys(results());
    assertThat(greys).hasSize(FRAMES);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(greys.get(i)).as("frame %d", i).isCloseTo(grey(i), within(LOSS));
    }
  }

  @Test
  void theNoteIsInside() throws IOException {
    publish(FRAMES, frames -> {});
    Path first = results().resolve(files(FRAMES).get(0));
    assertThat(NoteReader.read(MediaSource.of(first))).contains(NOTE.text());
  }

  @Test
  void aFailureBeforeTheEndIsNoResultAndTheNextTryMakesIt() throws IOException {
    OutputTarget.PublishHook full =
        frames -> {
          throw new IOException("the disk is full");
        };
    assertThatThrownBy(() -> publish(FRAMES, full)).hasMessage("the disk is full");
    assertThat(target().exists()).isFalse();
    publish(FRAMES, frames -> {});
    assertThat(target().exists()).isTrue();
    assertThat(published().keySet()).containsExactlyElementsOf(files(FRAMES));
  }

  @Test
  void publishingTwiceGivesTheSameFrames() throws IOException {
    publish(FRAMES, frames -> {});
    List<Double> once = greys(results());
    publish(FRAMES, frames -> {});
    assertThat(published().keySet()).containsExactlyElementsOf(files(FRAMES));
    assertThat(greys(results())).isEqualTo(once);
  }

  @Test
  void aShorterResultLeavesNothingOfALongerOne() throws IOException {
    publish(FRAMES, frames -> {});
    publish(FRAMES - 2, frames -> {});
    assertThat(published().keySet()).containsExactlyElementsOf(files(FRAMES - 2));
    assertThat(greys(results())).hasSize(FRAMES - 2);
  }
}
