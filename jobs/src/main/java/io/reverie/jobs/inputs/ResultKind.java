package io.reverie.jobs.inputs;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.FramePattern;
import io.reverie.video.still.StillFormat;
import io.reverie.video.still.Stills;
import java.io.IOException;

/** The kind of result that a list of inputs is dreamed to. */
public enum ResultKind {
  STILL {
    @Override
    String nameOf(String input) {
      return WorkItem.isNoise(input) ? "noise.png" : Stills.result(Location.of(input).name());
    }

    @Override
    void require(WorkItem item, PipelineSpec spec) {
      Location output = item.output();
      NoFile.requireOutput(output);
      if (!Stills.writes(output.name())) {
        throw UserException.usage(
            "%s: an image must be written as %s; for a folder, end the name with a slash"
                .formatted(output, StillFormat.EXTENSIONS));
      }
    }
  },

  VIDEO {
    @Override
    String nameOf(String input) {
      String name = Location.of(input).name();
      if (FramePattern.isPattern(name)) {
        throw UserException.usage(
            "%s names numbered frames; name an output file for them, such as out.mp4"
                .formatted(input));
      }
      return OutputTarget.nameOf(name);
    }

    @Override
    void require(WorkItem item, PipelineSpec spec) {
      OutputTarget.of(item.output(), spec);
      try {
        InputVideo.requireRate(item.input(), spec);
      } catch (IOException e) {
        // An input that cannot be looked up fails alone, when it is read.
      }
    }
  };

  /** The name of a result in a folder. */
  abstract String nameOf(String input);

  /**
   * Refuses an item that cannot be read or written with these settings.
   *
   * @throws UserException that names the remedy
   */
  abstract void require(WorkItem item, PipelineSpec spec);
}
