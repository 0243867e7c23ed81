package io.reverie.core.network;

import io.reverie.core.DreamException;
import io.reverie.core.network.ConvertedNames.Found;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Auxiliary;
import io.reverie.core.network.graph.evaluation.Auxiliaries;
import io.reverie.core.network.graph.evaluation.ClassifierPart;
import io.reverie.core.network.graph.evaluation.StepTensors;
import io.reverie.core.network.graph.evaluation.StepTensors.Loaded;
import io.reverie.core.text.Listing;
import io.reverie.core.weights.tensor.StateDict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Matches the tensors of a file with those that a network needs: finds the prefix of their names,
 * another number of classes, and whether the classifier is missing.
 *
 * @param prefix of the names in the file
 * @param outputs number of classes; 0 if as described
 * @param cut key of the first step without tensors; empty if there is none
 * @param lacking auxiliary classifiers without tensors, by the names of their layers
 * @param remarks what was assumed
 */
record WeightsMatch(
    String prefix, int outputs, String cut, List<String> lacking, List<String> remarks) {

  /** Batch norm counts its batches, which no network needs. */
  private static final String COUNTER = ".num_batches_tracked";

  /**
   * Matches tensors with a network.
   *
   * @throws DreamException if they are another network's, or if two sets of them fit equally
   */
  static WeightsMatch of(NetworkDescriptor network, StateDict weights) {
    Op whole = network.body().orElseThrow();
    if (StepTensors.of(whole).isEmpty()) {
      return new WeightsMatch("", 0, "", List.of(), List.of());
    }
    List<String> remarks = new ArrayList<>();
    Found found = names(wanted(whole), weights);
    StateDict named = found.names().translated(wanted(whole), weights.below(found.prefix()));
    Op body = Auxiliaries.without(whole, lacking(whole, named, 0));
    List<Loaded> steps = StepTensors.of(body);
    if (!found.prefix().isEmpty()) {
      remarks.add("the prefix '%s' of its names is dropped".formatted(found.prefix()));
    }
    if (found.names() != ConvertedNames.NONE) {
      String first = steps.get(0).kernel();
      remarks.add(
          "its tensors have another program's names, such as '%s' for '%s'"
              .formatted(found.names().of(first), first));
    }
    String layer =
        network
            .classes()
            .map(Classes::layer)
            .map(name -> ClassifierPart.key(body, name))
            .orElseGet(() -> steps.get(steps.size() - 1).key());
    String cut = cut(steps, wanted(whole), named, ClassifierPart.keys(body, layer));
    if (!cut.isEmpty()) {
      remarks.add("it has no classifier ('%s' is missing), so it has no classes".formatted(cut));
      return new WeightsMatch(found.prefix(), 0, cut, lacking(whole, named, 0), remarks);
    }
    int outputs = outputs(network, steps, layer, named);
    if (outputs > 0 && network.classes().isPresent()) {
      remarks.add(
          "it has %d classes instead of %d, which are named by their numbers"
              .formatted(outputs, network.classes().get().names().size()));
    }
    List<String> lacking = lacking(whole, named, outputs);
    return new WeightsMatch(found.prefix(), outputs, "", lacking, remarks);
  }

  /**
   * Returns the auxiliary classifiers that a file lacks, in whole or in part, or that are of other
   * classes than the network's.
   *
   * @param outputs number of classes in the file; 0 if as described
   */
  private static List<String> lacking(Op body, StateDict weights, int outputs) {
    return Auxiliaries.of(body).stream()
        .filter(head -> !isIn(weights, StepTensors.of(head), outputs))
        .map(Auxiliary::classifier)
        .toList();
  }

  private static boolean isIn(StateDict weights, List<Loaded> steps, int outputs) {
    if (!steps.stream().flatMap(step -> step.names().stream()).allMatch(weights::has)) {
      return false;
    }
    Loaded last = steps.get(steps.size() - 1);
    long[] shape = weights.get(last.kernel()).shape();
    return shape.length > 0 && shape[0] == (outputs > 0 ? outputs : last.outputs());
  }

  /** The names of a network in a file; those without a prefix win. */
  private static Found names(Set<String> wanted, StateDict weights) {
    List<Found> best = ConvertedNames.in(wanted, weights);
    Optional<Found> plain = best.stream().filter(each -> each.prefix().isEmpty()).findFirst();
    if (best.isEmpty() || plain.isPresent()) {
      return plain.orElse(new Found(ConvertedNames.NONE, "", 0));
    }
    if (best.size() > 1) {
      throw new DreamException(
          "the weights %s contain this network several times, as %s; in Python, save the tensors of one of them alone"
              .formatted(
                  weights.origin(),
                  Listing.of(best.stream().map(Found::prefix).sorted().toList())));
    }
    return best.get(0);
  }

  private static Set<String> wanted(Op body) {
    Set<String> wanted = new LinkedHashSet<>();
    StepTensors.of(body).forEach(step -> wanted.addAll(step.names()));
    return wanted;
  }

  /**
   * Returns the tensors of a file under the network's names.
   *
   * @param body of the network that {@link #of} matched
   * @throws DreamException if two sets of them fit equally
   */
  static StateDict named(Op body, StateDict weights) {
    Set<String> wanted = wanted(body);
    Found found = names(wanted, weights);
    return found.names().translated(wanted, weights.below(found.prefix()));
  }

  /** The first step from which on all tensors are missing; empty if none is missing. */
  private static String cut(
      List<Loaded> steps, Set<String> wanted, StateDict weights, Set<String> classifier) {
    List<String> missing = new ArrayList<>();
    String first = "";
    boolean tail = true;
    for (Loaded step : steps) {
      long lacking = step.names().stream().filter(name -> !weights.has(name)).count();
      step.names().stream().filter(name -> !weights.has(name)).forEach(missing::add);
      if (first.isEmpty() && lacking > 0) {
        first = step.key();
      }
      tail &= first.isEmpty() || lacking == step.names().size();
    }
    if (missing.isEmpty() || (tail && classifier.contains(first))) {
      return first;
    }
    throw weights.mismatch(missing, unexpected(wanted, weights));
  }

  private static List<String> unexpected(Set<String> wanted, StateDict weights) {
    return weights.names().stream()
        .filter(name -> !wanted.contains(name) && !name.endsWith(COUNTER))
        .toList();
  }

  /** Whether the classes are not the user's own, so that the file may have others. */
  private static boolean mayDiffer(NetworkDescriptor network, Classes classes) {
    return classes.isKnownList() || Networks.isBuiltIn(network);
  }

  /** The number of classes in the file; 0 if as described. */
  private static int outputs(
      NetworkDescriptor network, List<Loaded> steps, String layer, StateDict weights) {
    for (Loaded step : steps) {
      if (!step.key().equals(layer)) {
        continue;
      }
      long[] shape = weights.get(step.kernel()).shape();
      int count = shape.length == 0 ? 0 : (int) Math.min(shape[0], Integer.MAX_VALUE);
      if (count == step.outputs() || count < 1) {
        return 0;
      }
      if (network.classes().isPresent() && !mayDiffer(network, network.classes().get())) {
        throw new DreamException(
            "the weights %s have %d classes, but network %s names %d; correct its 'classes'"
                .formatted(weights.origin(), count, network.name(), step.outputs()));
      }
      return count;
    }
    return 0;
  }
}
