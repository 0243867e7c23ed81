package io.reverie.jobs;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.FrameSequence;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoFile;
import io.reverie.video.VideoSource;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A video as the user names it: a file, or numbered frames such as {@code frames/%05d.png}.
 *
 * @param name the path or pattern
 * @param fpsNumerator of the rate of numbered frames; 0 for a file
 * @param fpsDenominator of the same
 */
record InputVideo(String name, int fpsNumerator, int fpsDenominator) implements Serializable {

  private static final Pattern NUMBERED = Pattern.compile("%(0\\d+)?d");

  static InputVideo of(String name, PipelineSpec spec) {
    if (!isNumbered(name)) {
      return new InputVideo(name, 0, 1);
    }
    int[] rate =
        spec.video()
            .rate()
            .orElseThrow(
                () ->
                    UserException.usage(
                        "%s are numbered frames, which have no rate; give one with --fps 24"
                            .formatted(name)));
    return new InputVideo(name, rate[0], rate[1]);
  }

  /** Whether a name is a pattern of numbered frames; a file that is really called so is none. */
  static boolean isNumbered(String name) {
    return NUMBERED.matcher(Path.of(name).getFileName().toString()).find()
        && !Files.exists(Path.of(name));
  }

  VideoSource source() {
    return fpsNumerator == 0
        ? new VideoFile(MediaSource.of(Path.of(name)))
        : new FrameSequence(name, stills(), new Rational(fpsNumerator, fpsDenominator));
  }

  /** The file that sound and other streams come from. */
  Optional<MediaSource> media() {
    return fpsNumerator == 0 ? Optional.of(MediaSource.of(Path.of(name))) : Optional.empty();
  }

  /** In the order of their numbers, whatever the first is. */
  private List<MediaSource> stills() {
    Path path = Path.of(name).toAbsolutePath();
    Matcher number = NUMBERED.matcher(path.getFileName().toString());
    String file = path.getFileName().toString();
    number.find();
    Pattern pattern =
        Pattern.compile(
            Pattern.quote(file.substring(0, number.start()))
                + "(\\d+)"
                + Pattern.quote(file.substring(number.end())));
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files
          .map(f -> pattern.matcher(f.getFileName().toString()))
          .filter(Matcher::matches)
          .sorted((a, b) -> Long.compare(Long.parseLong(a.group(1)), Long.parseLong(b.group(1))))
          .map(m -> MediaSource.of(path.resolveSibling(m.group())))
          .toList();
    } catch (IOException e) {
      throw UserException.environment("there is no folder " + path.getParent(), e);
    }
  }
}
