package io.reverie.jobs.carry;

import io.reverie.core.dream.Climb;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.video.motion.Camera;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a frame is dreamed with; a schedule makes it another one for each.
 *
 * @param video of which the carry and the blend may change from frame to frame
 * @param camera moves what is carried
 */
public record Moment(Dreamer dreamer, VideoSpec video, Camera camera) {

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
   * half the sum of what the shares of all weights differ by, at the size where that is most.
   */
  double change(Moment before) {
    List<Climb> own = climbs();
    List<Climb> others = before.climbs();
    double most = 0;
    for (int size = 0; size < own.size(); size++) {
      most = Math.max(most, change(shares(own.get(size)), shares(others.get(size))));
    }
    return most;
  }

  private List<Climb> climbs() {
    DreamSpec spec = dreamer.spec();
    return Stream.concat(Stream.of(spec.climb()), spec.each().stream()).toList();
  }

  private static double change(Map<String, Double> own, Map<String, Double> others) {
    return own.keySet().stream().mapToDouble(p -> Math.abs(own.get(p) - others.get(p))).sum() / 2;
  }

  /**
   * Of each objective, and of each class in a mixture; sorted, so that sums are always the same.
   */
  private static Map<String, Double> shares(Climb climb) {
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < climb.objectives().size(); i++) {
      String place = "%d ".formatted(i);
      Objective objective = climb.objectives().get(i);
      if (objective instanceof ClassLogit logit) {
        Map<String, Double> classes = new TreeMap<>();
        logit.mixture().forEach((id, share) -> classes.put(place + id, share));
        normalise(classes, objective.weight());
        shares.putAll(classes);
      } else {
        shares.put(place, objective.weight());
      }
    }
    normalise(shares, 1);
    return shares;
  }

  private static void normalise(Map<String, Double> shares, double sum) {
    double all = shares.values().stream().mapToDouble(Math::abs).sum();
    shares.replaceAll((place, share) -> all > 0 ? sum * share / all : 0);
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
