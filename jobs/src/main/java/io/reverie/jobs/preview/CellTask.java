package io.reverie.jobs.preview;

import io.reverie.core.Size;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.run.Attempts;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.PreviewDream;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * One picture of a cell, or its moving preview: the work of one Spark task.
 *
 * @param cell number of the cell
 * @param picture number of the picture
 */
record CellTask(int cell, int picture, boolean motion, ResolvedSpec resolved)
    implements Serializable {

  private static final int QUALITY = 90;

  CellTask {
    if (cell < 0 || picture < 0) {
      throw new IllegalArgumentException(
          "there is no picture %d of cell %d".formatted(picture, cell));
    }
  }

  /**
   * The result of a task.
   *
   * @param type of the encoded picture, such as {@code image/jpeg}
   * @param encoded the picture; empty after a failure
   * @param rgb its pixels for the contact sheet; empty for a moving preview
   * @param seconds of the dream itself
   * @param failure why there is none; empty on success
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Result(
      int cell,
      int picture,
      boolean motion,
      String type,
      byte[] encoded,
      int width,
      int height,
      byte[] rgb,
      double seconds,
      String failure,
      List<String> warnings)
      implements Serializable {

    boolean failed() {
      return !failure.isEmpty();
    }
  }

  Result run(Subject subject, RunOptions options, FrameCounter progress) {
    Optional<String> fatal = Attempts.exhausted();
    try {
      return fatal.isPresent() ? failed(fatal.get()) : make(subject, options);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return failed(Failure.of(e));
    } finally {
      progress.add(1);
    }
  }

  private Result failed(String sentence) {
    return new Result(
        cell, picture, motion, "", new byte[0], 0, 0, new byte[0], 0, sentence, List.of());
  }

  private Result make(Subject subject, RunOptions options) throws IOException {
    if (motion) {
      byte[] webp = subject.motion(resolved, options, FrameCounter.unseen(), picture);
      Size size = resolved.spec().size().of(subject.size());
      return new Result(
          cell,
          picture,
          true,
          "image/webp",
          webp,
          size.width(),
          size.height(),
          new byte[0],
          0,
          "",
          List.of());
    }
    PreviewDream dream = subject.dream(resolved, options.device(), picture);
    Frame frame = dream.picture();
    boolean opaque = frame.alpha().isEmpty();
    return new Result(
        cell,
        picture,
        false,
        opaque ? "image/jpeg" : "image/png",
        Stills.encode(frame, opaque ? "look.jpg" : "look.png", 8, QUALITY),
        frame.width(),
        frame.height(),
        bytes(frame.rgb()),
        dream.seconds(),
        "",
        dream.warnings());
  }

  private static byte[] bytes(float[] rgb) {
    byte[] bytes = new byte[rgb.length];
    for (int i = 0; i < rgb.length; i++) {
      bytes[i] = (byte) Math.round(rgb[i]);
    }
    return bytes;
  }
}
