package io.reverie.jobs.provenance;

import com.fasterxml.jackson.annotation.JsonCreator;
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
 * @param assumed about the weights, one phrase each
 */
public record UsedNetwork(
    String name,
    String descriptor,
    String weights,
    String sha256,
    int outputs,
    List<String> assumed)
    implements Serializable {

  @JsonCreator
  public UsedNetwork {
    assumed = List.copyOf(assumed);
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
        resolved.assumed());
  }

  private static int outputs(@Nullable WeightsFacts facts) {
    return facts == null ? 0 : facts.outputs();
  }

  Optional<Classes> classes() {
    return (descriptor.isEmpty() ? Networks.descriptor(name) : Networks.parse(descriptor, name))
        .classes()
        .map(named -> outputs > 0 ? Classes.numbered(named.layer(), outputs) : named);
  }

  /** Returns a copy fit to be shared: a descriptor may name weights, too. */
  UsedNetwork shared() {
    return new UsedNetwork(
        name, sharedDescriptor(), RecordedName.shared(weights), sha256, outputs, assumed);
  }

  private String sharedDescriptor() {
    return descriptor.isEmpty()
        ? descriptor
        : Networks.parse(descriptor, name).weights().stream()
            .flatMap(each -> Stream.concat(Stream.of(each.uri()), each.mirrors().stream()))
            .reduce(descriptor, (text, uri) -> text.replace(uri, RecordedName.shared(uri)));
  }
}
