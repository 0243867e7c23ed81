package io.reverie.jobs.provenance;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The network that made a result.
 *
 * @param descriptor content of the user's own descriptor file; empty for a network that ships with
 *     Reverie
 * @param weights address that they came from
 * @param sha256 of the weights
 * @param outputs number of classes of the weights; 0 if as described
 * @param labels names of the classes that came with the weights; the note has those it uses
 * @param assumed about the weights, one phrase each
 */
public record UsedNetwork(
    String name,
    String descriptor,
    String weights,
    String sha256,
    int outputs,
    @JsonIgnore List<String> labels,
    List<String> assumed)
    implements Serializable {

  public UsedNetwork {
    labels = List.copyOf(labels);
    assumed = List.copyOf(assumed);
  }

  /** Reads a note's, which has only the names of the classes in use. */
  @JsonCreator
  static UsedNetwork noted(
      @JsonProperty("name") String name,
      @JsonProperty("descriptor") String descriptor,
      @JsonProperty("weights") String weights,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("outputs") int outputs,
      @JsonProperty("assumed") List<String> assumed) {
    return new UsedNetwork(name, descriptor, weights, sha256, outputs, List.of(), assumed);
  }

  /**
   * Describes the network of resolved settings.
   *
   * @param weights recorded address of the user's own weights file
   */
  static UsedNetwork of(ResolvedSpec resolved, String weights) {
    boolean published = resolved.spec().weights().equals("auto");
    return new UsedNetwork(
        resolved.network().name(),
        resolved.descriptor(),
        published ? resolved.network().weights().get(0).uri() : weights,
        resolved.weightsSha256(),
        outputs(resolved.facts()),
        labels(resolved.facts()),
        resolved.assumed());
  }

  private static int outputs(@Nullable WeightsFacts facts) {
    return facts == null ? 0 : facts.outputs();
  }

  private static List<String> labels(@Nullable WeightsFacts facts) {
    return facts == null ? List.of() : facts.labels();
  }

  Optional<Classes> classes() {
    return (descriptor.isEmpty() ? Networks.descriptor(name) : Networks.parse(descriptor, name))
        .classes()
        .map(named -> outputs > 0 ? Classes.numbered(named.layer(), outputs) : named)
        .map(named -> named.labelled(labels));
  }

  /** Returns a copy fit to be shared: a descriptor may name weights, too. */
  UsedNetwork shared() {
    return new UsedNetwork(
        name, sharedDescriptor(), RecordedName.shared(weights), sha256, outputs, labels, assumed);
  }

  private String sharedDescriptor() {
    return descriptor.isEmpty()
        ? descriptor
        : Networks.parse(descriptor, name).weights().stream()
            .flatMap(each -> Stream.concat(Stream.of(each.uri()), each.mirrors().stream()))
            .reduce(descriptor, (text, uri) -> text.replace(uri, RecordedName.shared(uri)));
  }
}
