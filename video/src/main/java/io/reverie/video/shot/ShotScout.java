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
 * Finds where shots begin, on small copies of the frames.
 *
 * <p>A frame that differs much from the one before begins a shot if motion explains neither it nor
 * the two after it by what was before, nor it by the three frames before, and yet motion explains
 * each of these three by the one before it. So a shot has at least three frames. One or two frames
 * of another picture are a flash if the old picture returns; if yet another comes, there is one
 * cut, at the first frame of the picture that lasts. Motion that flow cannot follow over several
 * frames, as in a whip pan, makes a cut where it ends at most; dissolves and fades make none.
 *
 * <p>What is not found: a jump to a picture so alike that flow explains it, a cut between scenes
 * almost black or blurred and pale, a cut within the video's last two frames or with a flash right
 * behind it, a soft flash that brightens the picture, and all but the first flash of a strobe,
 * whose frames explain each other.
 */
public final class ShotScout {

  private static final Size SIZE = new Size(160, 90);

  /**
   * The mean difference between frames, in percent of white, from which on flow is asked. Cuts
   * between dark scenes of low contrast have 6, others 8 to 60; most steps of fades have less.
   */
  private static final double CHANGE = 5;

  /**
   * How much worse than within a shot motion must explain what crosses a cut; see {@link
   * MotionMismatch}. Measured: cuts 0.45 to 1, but 0.34 and 0.36 between pictures nearly black or
   * blurred and pale, which are lost; jumps within one take 0.15 to 0.6; without a cut at most
   * 0.41, but 0.48 where a whip pan of 25 % a frame sets in at once.
   */
  private static final double STEP = 0.45;

  /** Four before and two behind are looked at; the others stand in for frames that are missing. */
  private static final int MARGIN = 8;

  private final VideoSource source;
  private final VideoIndex index;

  /** A scout of one video. */
  public ShotScout(VideoSource source, VideoIndex index) {
    this.source = source;
    this.index = index;
  }

  /**
   * Finds the cuts and flashes of a range. Those of the ranges that a video is divided into are
   * together those of the whole, whatever the division.
   */
  public Shots scout(PtsRange range) {
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

  /** Judges frame by frame. */
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

    /** How new the frame is to those before it; once it is too little, it is not looked further. */
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
