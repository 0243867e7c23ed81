package io.reverie.core.network.descriptor;

import java.io.Serializable;
import java.util.List;

/**
 * What a file of weights tells about its network, where that may differ from the descriptor.
 *
 * @param prefix that its names have before those of the network, such as {@code backbone.}
 * @param outputs number of classes; 0 if as described
 * @param cut key of the first step that the file lacks, because it has no classifier; empty if it
 *     lacks nothing
 * @param lacking auxiliary classifiers that the file lacks, by the names of their layers
 * @param labels names of the classes in the file, by number; empty if it has none, or too many
 * @param preprocessing of the training
 * @param known whether the preprocessing is that of a known release or of the user's own
 *     descriptor, instead of an assumption
 * @param remarks what was assumed besides, one phrase each
 */
public record WeightsFacts(
    String prefix,
    int outputs,
    String cut,
    List<String> lacking,
    List<String> labels,
    Preprocessing preprocessing,
    boolean known,
    List<String> remarks)
    implements Serializable {

  public WeightsFacts {
    lacking = List.copyOf(lacking);
    labels = List.copyOf(labels);
    remarks = List.copyOf(remarks);
  }

  /** Facts of weights that are as described. */
  public static WeightsFacts plain(Preprocessing preprocessing) {
    return new WeightsFacts("", 0, "", List.of(), List.of(), preprocessing, true, List.of());
  }

  /** Replaces the preprocessing by what is only likely. */
  public WeightsFacts assuming(Preprocessing other) {
    return new WeightsFacts(prefix, outputs, cut, lacking, labels, other, false, remarks);
  }

  /** Replaces the preprocessing by what is known, or what the user says. */
  public WeightsFacts saying(Preprocessing other) {
    return new WeightsFacts(prefix, outputs, cut, lacking, labels, other, true, remarks);
  }
}
