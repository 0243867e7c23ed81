package io.reverie.jobs.region;

import io.reverie.core.Size;
import io.reverie.core.dream.Mask;
import io.reverie.jobs.UserException;
import io.reverie.jobs.reel.NumberedPictures;
import io.reverie.jobs.reel.Reel;
import io.reverie.jobs.reel.When;
import io.reverie.jobs.spec.MaskSpec;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.Plane;
import java.io.IOException;
import java.util.Optional;

/**
 * Where the frames of a video may dream; of one task alone. A mask's values depend on a frame's
 * time and on what was before, never on where a task began.
 */
public final class Region implements AutoCloseable {

  private final MaskSpec spec;
  private final Size size;
  private final Mask whole;
  private final Optional<Reel> reel;
  private final Optional<Following> following;
  private Optional<Given> last = Optional.empty();

  /** A picture of the reel, at the dream's size. */
  private record Given(int which, Plane plane) {}

  /**
   * The mask of a still; of several it is the first.
   *
   * @param size to dream at
   * @throws UserException if it cannot be read
   */
  public static Mask of(MaskSpec spec, Size size, Frame still) throws IOException {
    try (Region region = new Region(spec, size, Optional.empty())) {
      return region.of(still, When.BEGINNING, spec);
    }
  }

  /**
   * Opens the masks of a video's frames.
   *
   * @param size to dream at
   * @param source the frames, to follow what a mask covers
   */
  public static Region of(MaskSpec spec, Size size, SourceFrames source) throws IOException {
    return new Region(spec, size, Optional.of(source));
  }

  private Region(MaskSpec spec, Size size, Optional<SourceFrames> source) throws IOException {
    this.spec = spec;
    this.size = size;
    this.whole = Mask.whole(size);
    this.reel =
        spec.picture().isPresent()
            ? Optional.of(Reel.of("mask", spec.picture().get()))
            : Optional.empty();
    this.following =
        source
            .filter(frames -> reel.isPresent() && reel.get() instanceof NumberedPictures)
            .map(frames -> new Following(frames, size, this::given));
  }

  /**
   * The mask of a frame; of frames in the order of their times.
   *
   * @param now how the mask counts at this moment
   * @throws UserException if it cannot be read
   */
  public Mask of(Frame frame, When when, MaskSpec now) {
    if (now.isNone()) {
      return whole;
    }
    Optional<Plane> drawn = reel.map(r -> drawn(r, frame, when));
    Optional<Plane> alpha = now.alpha() ? Optional.of(sized(Plane.alpha(frame))) : Optional.empty();
    return new Mask(size, new MaskShape(now).of(drawn, alpha, size));
  }

  private Plane drawn(Reel masks, Frame frame, When when) {
    try {
      return following.isPresent() && masks instanceof NumberedPictures numbered
          ? following.get().of(frame, when, numbered)
          : given(masks.last(when));
    } catch (MediaException e) {
      throw UserException.environment(
          "cannot read the mask %s: %s".formatted(spec.file(), e.getMessage()), e);
    }
  }

  private Plane given(int which) {
    if (last.isEmpty() || last.get().which() != which) {
      last = Optional.of(new Given(which, sized(Plane.luma(reel.orElseThrow().picture(which)))));
    }
    return last.get().plane();
  }

  private Plane sized(Plane plane) {
    return plane.scaled(new io.reverie.video.Size(size.width(), size.height()));
  }

  @Override
  public void close() {
    reel.ifPresent(Reel::close);
    following.ifPresent(Following::close);
  }
}
