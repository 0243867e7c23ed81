package io.reverie.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.BareJvm;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs another process, in which FFmpeg is first used within a scope that frees native memory. */
class CallbacksIT {

  @TempDir private Path folder;

  /** Reads a video twice, and then a damaged still, which FFmpeg logs. */
  static final class Reading {
    public static void main(String[] names) {
      VideoFile video = new VideoFile(MediaSource.of(Path.of(names[0])));
      try (PointerScope scope = new PointerScope()) {
        video.index();
      }
      System.out.println(video.index().count() + " frames");
      try {
        Stills.read(MediaSource.of(Path.of(names[1])));
      } catch (MediaException e) {
        System.out.println("refused");
      }
    }
  }

  @Test
  void theySurviveTheScope() throws IOException, InterruptedException {
    List<GifFrame> frames =
        List.of(new GifFrame(0, 0, 8, 6, 10, 1, false), new GifFrame(2, 2, 4, 4, 10, 1, false));
    Path gif = Files.write(folder.resolve("a.gif"), AnimationBytes.gif(8, 6, frames, 0));
    Frame frame = new Frame(64, 48, new float[64 * 48 * 3], Optional.empty(), 0, false);
    byte[] exr = Stills.encode(frame, "a.exr", 32, 90);
    Path damaged = Files.write(folder.resolve("a.exr"), Arrays.copyOf(exr, exr.length - 20));
    ProcessBuilder reading = BareJvm.of(Reading.class);
    reading.command().addAll(List.of(gif.toString(), damaged.toString()));
    Process process = reading.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(printed.lines()).contains("2 frames");
  }
}
