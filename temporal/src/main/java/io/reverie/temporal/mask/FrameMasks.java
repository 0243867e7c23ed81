package io.reverie.temporal.mask;

import io.reverie.core.Size;
import io.reverie.core.dream.image.Mask;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.series.FramePosition;
import io.reverie.video.series.FrameSeries;
import io.reverie.video.series.NumberedPictures;
import io.reverie.video.still.Plane;
import java.util.Optional;

/**
 * The masks of a video's frames. A mask depends only on the frame's time and earlier frames, never
 * on where a task starts. Not thread-safe.
 */
public final class FrameMasks implements AutoCloseable {

  private final Size size;
  private final Mask whole;
  private final Optional<FrameSeries> pictures;
  private final Optional<MaskTracker> tracker;
  private Optional<DrawnMask> last = Optional.empty();

  /** A drawn mask at the size of the ascent. */
  private record DrawnMask(int which, Plane plane) {}

  /**
   * Returns the mask of a still, the first of several.
   *
   * @param pictures the drawn masks, closed by this method; if empty, only the source's alpha can
   *     be a mask
   * @param size size of the ascent
   * @throws MediaException if a mask cannot be read
   */
  public static Mask ofStill(
      Optional<FrameSeries> pictures, MaskSettings settings, Size size, Frame still) {
    try (FrameMasks masks = new FrameMasks(pictures, size, Optional.empty())) {
      return masks.of(still, FramePosition.BEGINNING, settings);
    }
  }

  /**
   * Opens the masks of a video.
   *
   * @param pictures the drawn masks, closed with the result; if empty, only the source's alpha can
   *     be a mask
   * @param size size of the ascent
   * @param source frames of the video, for tracking
   */
  public static FrameMasks of(Optional<FrameSeries> pictures, Size size, SourceFrames source) {
    return new FrameMasks(pictures, size, Optional.of(source));
  }

  private FrameMasks(Optional<FrameSeries> pictures, Size size, Optional<SourceFrames> source) {
    this.size = size;
    this.whole = Mask.whole(size);
    this.pictures = pictures;
    this.tracker =
        source
            .filter(frames -> pictures.isPresent() && pictures.get() instanceof NumberedPictures)
            .map(frames -> new MaskTracker(frames, size, this::drawnMask));
  }

  /**
   * Returns the mask of a frame; call it in the order of the frames.
   *
   * @param current settings at this frame
   * @throws MediaException if a mask cannot be read
   */
  public Mask of(Frame frame, FramePosition position, MaskSettings current) {
    if (pictures.isEmpty() && !current.alpha()) {
      return whole;
    }
    Optional<Plane> drawn = pictures.map(r -> drawn(r, frame, position));
    Optional<Plane> alpha =
        current.alpha() ? Optional.of(sized(Plane.alpha(frame))) : Optional.empty();
    return new Mask(size, new MaskShape(current).of(drawn, alpha, size));
  }

  private Plane drawn(FrameSeries masks, Frame frame, FramePosition position) {
    try {
      return tracker.isPresent() && masks instanceof NumberedPictures numbered
          ? tracker.get().of(frame, position, numbered)
          : drawnMask(masks.last(position));
    } catch (MediaException e) {
      throw new MediaException("cannot read the mask: " + e.getMessage(), e);
    }
  }

  private Plane drawnMask(int which) {
    if (last.isEmpty() || last.get().which() != which) {
      last =
          Optional.of(
              new DrawnMask(which, sized(Plane.luma(pictures.orElseThrow().picture(which)))));
    }
    return last.get().plane();
  }

  private Plane sized(Plane plane) {
    return plane.scaled(new io.reverie.video.Size(size.width(), size.height()));
  }

  @Override
  public void close() {
    pictures.ifPresent(FrameSeries::close);
    tracker.ifPresent(MaskTracker::close);
  }
}
