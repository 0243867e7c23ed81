package io.reverie.video.shot;

import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.VideoSource;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.GreyImage;
import io.reverie.video.motion.OpticalFlow;
import io.reverie.video.shot.Neighbourhood.Seen;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Detects cuts and flashes on small copies of the frames.
 *
 * <p>A frame that differs much from the previous one starts a shot if motion explains neither it
 * nor the two following frames by the previous frame, nor it by any of the three previous frames,
 * while motion explains the following frames by their predecessors. A shot therefore has at least
 * three frames. One or two frames of another image are a flash if the old image returns; if a third
 * image follows, there is one cut, at the first frame of the image that lasts. Motion that flow
 * cannot follow over several frames, as in a whip pan, causes at most one cut at its end; dissolves
 * and fades cause none.
 *
 * <p>Not detected: a jump to an image so similar that flow explains it, a cut between scenes that
 * are almost black or blurred and pale, a cut within the last two frames of the video or right
 * before a flash, a soft flash that brightens the image, and all but the first flash of a strobe,
 * whose frames explain each other.
 *
 * @see <a href="https://doi.org/10.1109/76.988656">Hanjalic 2002, on motion and flashes in shot
 *     detection</a>
 */
public final class ShotDetector {

  private static final Size SIZE = new Size(160, 90);

  /**
   * Mean difference between frames in percent of white above which flow is computed. Cuts between
   * dark scenes of low contrast have 6, others 8 to 60; most steps of fades have less.
   */
  private static final double CHANGE = 5;

  /**
   * Required difference between the mismatch across a cut and within a shot; see {@link
   * MotionMismatch}. Measured: cuts 0.45 to 1, but 0.34 and 0.36 between images that are nearly
   * black or blurred and pale, which are missed; jumps within one take 0.15 to 0.6; without a cut
   * at most 0.41, but 0.48 at the abrupt start of a whip pan of 25 % per frame.
   */
  private static final double STEP = 0.45;

  /**
   * Frames read beyond the range: four before and two after are examined, the others replace
   * missing frames.
   */
  private static final int MARGIN = 8;

  private final VideoSource source;
  private final VideoIndex index;

  public ShotDetector(VideoSource source, VideoIndex index) {
    this.source = source;
    this.index = index;
  }

  /**
   * Detects the cuts and flashes of a range. The union over the parts of a video does not depend on
   * how it is divided.
   */
  public Shots detect(PtsRange range) {
    int from = index.first(range.from());
    int to = index.first(range.to());
    if (from >= to) {
      return new Shots(List.of(), List.of());
    }
    PtsRange wide = index.range(Math.max(0, from - MARGIN), Math.min(index.count(), to + MARGIN));
    try (FrameReader reader = source.open(index, wide, Optional.of(SIZE));
        SceneScore score = new SceneScore(SIZE);
        OpticalFlow flow = FlowMethod.FAST.open()) {
      Verdicts verdicts = new Verdicts(range, new MotionMismatch(flow));
      for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
        Frame frame = f.get();
        double change = score.put(frame).difference();
        verdicts.add(
            new Seen(
                frame.pts(), GreyImage.of(frame.rgb(), frame.width(), frame.height()), change));
      }
      return verdicts.shots();
    }
  }

  /** Classifies frames one by one. */
  private static final class Verdicts {

    private final PtsRange range;
    private final MotionMismatch mismatch;
    private final Neighbourhood near = new Neighbourhood();
    private final List<Long> cuts = new ArrayList<>();
    private final List<Long> flashes = new ArrayList<>();

    Verdicts(PtsRange range, MotionMismatch mismatch) {
      this.range = range;
      this.mismatch = mismatch;
    }

    void add(Seen seen) {
      near.add(seen);
      while (near.isComplete()) {
        judge();
        near.advance();
      }
    }

    Shots shots() {
      for (; near.has(0); near.advance()) {
        judge();
      }
      return new Shots(cuts, flashes);
    }

    private void judge() {
      if (!near.has(-1) || near.get(0).change() < CHANGE) {
        return;
      }
      double arrival = arrival();
      if (arrival <= STEP) {
        return;
      }
      if (near.has(1) && arrival - between(-1, 1) > STEP) {
        note(0, flashes);
      } else if (near.has(2) && arrival - between(-1, 2) > STEP) {
        note(0, flashes);
        note(1, flashes);
      } else if (near.has(2) && lasts(arrival)) {
        note(0, cuts);
      }
    }

    /**
     * Returns the smallest mismatch between the frame and the previous ones; stops early once it is
     * below the threshold.
     */
    private double arrival() {
      double least = 1;
      for (int before = -1; near.has(before) && before >= -3 && least > STEP; before--) {
        least = Math.min(least, between(before, 0));
      }
      return least;
    }

    private boolean lasts(double arrival) {
      double across = Math.min(arrival, Math.min(between(-1, 1), between(-1, 2)));
      double within = Math.max(between(0, 1), between(1, 2));
      return across - within > STEP;
    }

    private double between(int earlier, int later) {
      return mismatch.between(near.get(earlier).grey(), near.get(later).grey());
    }

    private void note(int offset, List<Long> list) {
      long pts = near.get(offset).pts();
      if (range.contains(pts)) {
        list.add(pts);
      }
    }
  }
}
