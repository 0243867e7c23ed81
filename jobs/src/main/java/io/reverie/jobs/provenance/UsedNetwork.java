package io.reverie.jobs.provenance;

import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.Serializable;
import java.util.Optional;

/**
 * The network that made a result.
 *
 * @param descriptor content of the user's own descriptor file; empty for a network that ships with
 *     Reverie
 * @param weights address that they came from
 * @param sha256 of the weights
 */
public record UsedNetwork(String name, String descriptor, String weights, String sha256)
    implements Serializable {

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
        resolved.weightsSha256());
  }

  Optional<Classes> classes() {
    return (descriptor.isEmpty() ? Networks.descriptor(name) : Networks.parse(descriptor, name))
        .classes();
  }

  /** Returns a copy fit to be shared: a descriptor may name weights, too. */
  UsedNetwork shared() {
    return new UsedNetwork(name, sharedDescriptor(), RecordedName.shared(weights), sha256);
  }

  private String sharedDescriptor() {
    return descriptor.isEmpty()
        ? descriptor
        : Networks.parse(descriptor, name).weights().stream()
            .map(Release::uri)
            .reduce(descriptor, (text, uri) -> text.replace(uri, RecordedName.shared(uri)));
  }
}
