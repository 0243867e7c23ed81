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
 * Where the frames of a video may dream; of one task alone. A mask's values depend on a frame's
 * time and on what was before, never on where a task began.
 */
public final class FrameMasks implements AutoCloseable {

  private final Size size;
  private final Mask whole;
  private final Optional<FrameSeries> pictures;
  private final Optional<MaskTracker> tracker;
  private Optional<Given> last = Optional.empty();

  /** A picture of the series, at the dream's size. */
  private record Given(int which, Plane plane) {}

  /**
   * The mask of a still; of several pictures it is the first.
   *
   * @param pictures that are drawn, closed here; without them only the source's alpha may count
   * @param size to dream at
   * @throws MediaException if a picture cannot be read
   */
  public static Mask ofStill(
      Optional<FrameSeries> pictures, MaskSettings settings, Size size, Frame still) {
    try (FrameMasks masks = new FrameMasks(pictures, size, Optional.empty())) {
      return masks.of(still, FramePosition.BEGINNING, settings);
    }
  }

  /**
   * Opens the masks of a video's frames.
   *
   * @param pictures that are drawn, closed with this; without them only the source's alpha may
   *     count
   * @param size to dream at
   * @param source the frames, to follow what a mask covers
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
            .map(frames -> new MaskTracker(frames, size, this::given));
  }

  /**
   * The mask of a frame; of frames in the order of their times.
   *
   * @param now how the mask counts at this moment
   * @throws MediaException if a picture cannot be read
   */
  public Mask of(Frame frame, FramePosition when, MaskSettings now) {
    if (pictures.isEmpty() && !now.alpha()) {
      return whole;
    }
    Optional<Plane> drawn = pictures.map(r -> drawn(r, frame, when));
    Optional<Plane> alpha = now.alpha() ? Optional.of(sized(Plane.alpha(frame))) : Optional.empty();
    return new Mask(size, new MaskShape(now).of(drawn, alpha, size));
  }

  private Plane drawn(FrameSeries masks, Frame frame, FramePosition when) {
    try {
      return tracker.isPresent() && masks instanceof NumberedPictures numbered
          ? tracker.get().of(frame, when, numbered)
          : given(masks.last(when));
    } catch (MediaException e) {
      throw new MediaException("cannot read the mask: " + e.getMessage(), e);
    }
  }

  private Plane given(int which) {
    if (last.isEmpty() || last.get().which() != which) {
      last =
          Optional.of(new Given(which, sized(Plane.luma(pictures.orElseThrow().picture(which)))));
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
