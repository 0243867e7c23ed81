package io.reverie.jobs.carry;

import io.reverie.core.dream.Dreamer;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.spec.VideoSpec;
import java.util.List;

/**
 * What a frame is dreamed with; a schedule makes it another one for each.
 *
 * @param video of which the carry and the blend may change from frame to frame
 */
public record Moment(Dreamer dreamer, VideoSpec video) {

  /** A dream that has changed as a whole, bit by bit, still has 1/e^3 of what it began with. */
  private static final double RENEWAL = 3;

  /** Grey levels that a lone dream climbs at each size. */
  double climb() {
    return dreamer.spec().iterations() * dreamer.spec().climb().step().mean();
  }

  /** A frame at strength 0 is shown as it is, and nothing is dreamed. */
  boolean isDreaming() {
    return dreamer.spec().strength() > 0;
  }

  /**
   * How much of what is dreamed has changed since another moment: 0 for nothing, 1 for all. It is
   * half the sum of what the objectives' shares of all weights differ by.
   */
  double change(Moment before) {
    List<Objective> own = dreamer.spec().objectives();
    List<Objective> others = before.dreamer().spec().objectives();
    double sum = weight(own);
    double otherSum = weight(others);
    double change = 0;
    for (int i = 0; i < own.size(); i++) {
      change += Math.abs(own.get(i).weight() / sum - others.get(i).weight() / otherSum);
    }
    return change / 2;
  }

  private static double weight(List<Objective> objectives) {
    double sum = objectives.stream().mapToDouble(o -> Math.abs(o.weight())).sum();
    return sum > 0 ? sum : 1;
  }

  /** Whether so much has changed at one go that the dream begins anew, as behind a cut. */
  static boolean isAnew(double change) {
    return RENEWAL * change >= 1;
  }

  /**
   * How much of the dream before is kept, from 0 to below 1: a dream that changes must not go on
   * from the old one alone, which is as strong as it should be and leaves the new one no room.
   *
   * @param change since the frame before
   */
  double carry(double change) {
    return video.carry() * Math.max(0, 1 - RENEWAL * change);
  }
}
