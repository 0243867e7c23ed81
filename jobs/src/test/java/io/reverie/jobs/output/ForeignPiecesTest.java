package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.Location;
import io.reverie.video.FramePattern;
import io.reverie.video.PtsRange;
import io.reverie.video.Rational;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.note.Note;
import io.reverie.video.still.StillOptions;
import io.reverie.video.still.Subsampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbered frames out of pieces that somebody else may have put into the work folder. */
class ForeignPiecesTest {

  private static final Size SIZE = new Size(8, 8);
  private static final OutputTimeline FILM =
      new OutputTimeline(
          Optional.empty(),
          VideoIndex.steady(new Rational(24, 1), 2, SIZE, 8, false),
          PtsRange.ALL,
          SIZE);

  @TempDir private Path folder;

  private void publish(String... entries) throws IOException {
    Path piece = folder.resolve("piece.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(piece))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(new byte[] {1, 2, 3});
      }
    }
    new OutputTarget.Stills(
            new Location(folder.resolve("deep/out").toString()),
            new FramePattern("%05d.png"),
            new StillOptions(90, Subsampling.YUV444))
        .publish(
            FILM,
            Pieces.of(new WorkFolder(new Location(folder.toString())), List.of("piece.zip")),
            new Note("Reverie", "{\"reverie\":1}"),
            frames -> {});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../00001.png", "/tmp/00001.png", "1.png", "00001.png/", "00003.png", "other.png"})
  void anEntryThatIsNoFrameIsRefused(String name) {
    assertThatThrownBy(() -> publish(name))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("contains '" + name + "', which is not a frame of %05d.png");
    assertThat(folder.resolve("deep")).doesNotExist();
  }
}
