package io.reverie.temporal.carry;

import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Objective;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The normalised weight of each objective, and of each class in a mixture, at every octave with its
 * own settings.
 *
 * @param sizes shares by octave; their absolute values sum to 1 or are all 0
 */
record ObjectiveShares(List<Map<String, Double>> sizes) {

  /** A gradual change of all objectives leaves 1/e^3 of the old dream. */
  static final double RENEWAL = 3;

  static ObjectiveShares of(DreamSpec spec) {
    return new ObjectiveShares(
        Stream.concat(Stream.of(spec.octave()), spec.overrides().stream())
            .map(ObjectiveShares::shares)
            .toList());
  }

  /** Returns the share of each objective and class, sorted for reproducible sums. */
  private static Map<String, Double> shares(OctaveSpec octave) {
    Map<String, Double> shares = new TreeMap<>();
    for (int i = 0; i < octave.objectives().size(); i++) {
      String place = "%d ".formatted(i);
      Objective objective = octave.objectives().get(i);
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

  /**
   * Returns the change, 0 for none to 1 for complete: half the sum of absolute differences, at the
   * octave where it is largest.
   */
  double change(ObjectiveShares before) {
    if (!hasKeysOf(before)) {
      return 1;
    }
    double most = 0;
    for (int size = 0; size < sizes.size(); size++) {
      most = Math.max(most, change(sizes.get(size), before.sizes.get(size)));
    }
    return most;
  }

  private boolean hasKeysOf(ObjectiveShares other) {
    return sizes.stream()
        .map(Map::keySet)
        .toList()
        .equals(other.sizes.stream().map(Map::keySet).toList());
  }

  private static double change(Map<String, Double> own, Map<String, Double> others) {
    return own.keySet().stream()
            .mapToDouble(
                p ->
                    Math.abs(
                        Objects.requireNonNull(own.get(p)) - Objects.requireNonNull(others.get(p))))
            .sum()
        / 2;
  }

  /**
   * Returns whether a change between frames is large enough to restart the dream as after a cut.
   */
  static boolean restarts(double change) {
    return RENEWAL * change >= 1;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(sizes.size());
    for (Map<String, Double> shares : sizes) {
      out.writeInt(shares.size());
      for (Map.Entry<String, Double> share : shares.entrySet()) {
        out.writeUTF(share.getKey());
        out.writeDouble(share.getValue());
      }
    }
  }

  static ObjectiveShares read(DataInputStream in) throws IOException {
    List<Map<String, Double>> sizes = new ArrayList<>();
    for (int size = in.readInt(); size > 0; size--) {
      Map<String, Double> shares = new TreeMap<>();
      for (int share = in.readInt(); share > 0; share--) {
        shares.put(in.readUTF(), in.readDouble());
      }
      sizes.add(shares);
    }
    return new ObjectiveShares(sizes);
  }
}
