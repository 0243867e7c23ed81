package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ManyInputsTest {

  /** JavaCPP supports only ten instances of a callback. */
  @Test
  void fortyFilesCanBeOpenAtOnce() {
    VideoFile clip = new VideoFile(MediaSource.of(Path.of("../video/src/test/media/clip.mp4")));
    VideoIndex index = clip.index();
    List<FrameReader> readers = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        readers.add(clip.open(index, PtsRange.ALL, Optional.of(new Size(32, 18))));
      }
      float[] first = readers.get(0).next().orElseThrow().rgb();
      for (FrameReader reader : readers.subList(1, 40)) {
        assertThat(reader.next().orElseThrow().rgb()).isEqualTo(first);
      }
    } finally {
      readers.forEach(FrameReader::close);
    }
  }
}
