package io.reverie.jobs;

import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameSequence;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoFile;
import io.reverie.video.VideoSource;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A video as the user names it: a file, or numbered frames such as {@code frames/%05d.png}.
 *
 * @param name the path or pattern
 * @param fpsNumerator of the rate of numbered frames; 0 for a file
 * @param fpsDenominator of the same
 */
record InputVideo(String name, int fpsNumerator, int fpsDenominator) implements Serializable {

  static InputVideo of(String name, PipelineSpec spec) {
    if (!FramePattern.isPattern(name)) {
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

  VideoSource source() {
    return fpsNumerator == 0
        ? new VideoFile(MediaSource.of(Path.of(name)))
        : new FrameSequence(
            name,
            new FramePattern(name).files().stream().map(MediaSource::of).toList(),
            new Rational(fpsNumerator, fpsDenominator));
  }

  /** The file that sound and other streams come from. */
  Optional<MediaSource> media() {
    return fpsNumerator == 0 ? Optional.of(MediaSource.of(Path.of(name))) : Optional.empty();
  }
}
