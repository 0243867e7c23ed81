package io.reverie.jobs.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.video.Frame;
import io.reverie.video.series.FrameSeries;
import io.reverie.video.series.NumberedPictures;
import io.reverie.video.series.SinglePicture;
import io.reverie.video.series.VideoSeries;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSeriesTest {

  @TempDir private Path folder;

  @Test
  void aNameIsAPictureAVideoOrNumberedPictures() throws IOException {
    for (int number : new int[] {3, 10, 25}) {
      write("m%03d.png".formatted(number));
    }
    try (FrameSeries still = open("m003.png");
        FrameSeries video = StoredSeries.open("mask", "../video/src/test/media/clip.mp4");
        FrameSeries numbered = open("m%03d.png")) {
      assertThat(still).isInstanceOf(SinglePicture.class);
      assertThat(video).isInstanceOf(VideoSeries.class);
      assertThat(((NumberedPictures) numbered).numbers()).containsExactly(3L, 10L, 25L);
    }
  }

  @Test
  void aMissingFileIsReported() {
    assertThatThrownBy(() -> StoredSeries.open("mask", "nowhere.png"))
        .isInstanceOf(UserException.class)
        .hasMessage("mask nowhere.png does not exist; check the path");
    String pattern = folder.resolve("m%03d.png").toString();
    assertThatThrownBy(() -> open("m%03d.png"))
        .hasMessage("mask " + pattern + " does not exist; check the path");
  }

  @Test
  void aTextFileNamedLikeAVideoIsReported() throws IOException {
    Path text = Files.writeString(folder.resolve("text.mp4"), "no video");
    assertThatThrownBy(() -> open("text.mp4"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("cannot read the mask: " + text);
  }

  private FrameSeries open(String name) throws IOException {
    return StoredSeries.open("mask", folder.resolve(name).toString());
  }

  private void write(String name) throws IOException {
    Frame frame = new Frame(1, 1, new float[3], Optional.empty(), 0, false);
    Files.write(folder.resolve(name), Stills.encode(frame, name, 8, 90));
  }
}
