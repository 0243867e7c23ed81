package io.reverie.video;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The installed ffmpeg and ffprobe, which make test clips and serve as a reference. */
public final class FfmpegCli {

  private static final boolean INSTALLED = Files.isExecutable(Path.of("/usr/bin/ffmpeg"));

  private FfmpegCli() {}

  /** Skips the test if they are not installed. */
  public static void assumeInstalled() {
    assumeTrue(INSTALLED, "ffmpeg is not installed");
  }

  /** Runs ffmpeg in a folder with space-separated arguments. */
  public static void ffmpeg(Path folder, String words) {
    run(folder, "ffmpeg -nostdin -v error -y " + words);
  }

  /** Returns frames converted by ffmpeg. */
  public static byte[] raw(Path clip, String decoder, String filters, String format) {
    String filter = filters.isEmpty() ? "" : " -vf " + filters;
    return run(
        clip.getParent(),
        "ffmpeg -nostdin -v error %s-i %s%s -map 0:v:0 -fps_mode passthrough"
                .formatted(decoder, clip.getFileName(), filter)
            + " -sws_flags bicubic+accurate_rnd+full_chroma_int+full_chroma_inp+bitexact"
            + " -f rawvideo -pix_fmt %s -".formatted(format));
  }

  /** Returns the presentation times of the first video stream. */
  public static List<Long> times(Path clip) {
    byte[] out =
        run(
            clip.getParent(),
            "ffprobe -v error -fflags +genpts -select_streams v:0 -show_entries frame=best_effort_timestamp"
                + " -of csv=p=0 "
                + clip.getFileName());
    return lines(out).stream().map(line -> line.replace(",", "")).map(Long::valueOf).toList();
  }

  /** Returns the lines that ffprobe prints. */
  public static List<String> ffprobe(Path clip, String words) {
    String command = "ffprobe -v error %s -of csv=p=0 %s".formatted(words, clip.getFileName());
    return lines(run(clip.getParent(), command));
  }

  /** Returns the lines that ffmpeg prints, such as the md5 of a copied stream. */
  public static List<String> answer(Path folder, String words) {
    return lines(run(folder, "ffmpeg -nostdin -v error -y " + words));
  }

  /** Returns the warnings of ffmpeg while it decodes a clip. */
  public static List<String> complaints(Path clip) {
    String decode =
        "ffmpeg -nostdin -v warning -i %s -map 0:v -map 0:a? -fps_mode passthrough -enc_time_base -1 -f null -";
    return lines(run(clip.getParent(), decode.formatted(clip.getFileName()), true));
  }

  private static List<String> lines(byte[] out) {
    return new String(out, StandardCharsets.UTF_8).lines().filter(line -> !line.isBlank()).toList();
  }

  private static byte[] run(Path folder, String words) {
    return run(folder, words, false);
  }

  private static byte[] run(Path folder, String words, boolean withErrors) {
    assumeInstalled();
    try {
      Process process =
          new ProcessBuilder(Stream.of(words.split(" ", -1)).toList())
              .directory(folder.toFile())
              .redirectErrorStream(withErrors)
              .redirectError(
                  withErrors ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.INHERIT)
              .start();
      byte[] out = process.getInputStream().readAllBytes();
      assertThat(process.waitFor()).as(words).isZero();
      return out;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
