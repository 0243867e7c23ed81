package io.reverie.core.network.descriptor;

import java.io.Serializable;
import java.util.List;

/**
 * Facts about a network that its weights reveal and that may differ from the descriptor.
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
 * @param remarks other assumptions, one phrase each
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

  /** Returns the facts about weights that match the descriptor. */
  public static WeightsFacts plain(Preprocessing preprocessing) {
    return new WeightsFacts("", 0, "", List.of(), List.of(), preprocessing, true, List.of());
  }

  /** Replaces the preprocessing by an assumption. */
  public WeightsFacts assuming(Preprocessing other) {
    return new WeightsFacts(prefix, outputs, cut, lacking, labels, other, false, remarks);
  }

  /** Replaces the preprocessing by one that is known, or that the user states. */
  public WeightsFacts saying(Preprocessing other) {
    return new WeightsFacts(prefix, outputs, cut, lacking, labels, other, true, remarks);
  }
}
