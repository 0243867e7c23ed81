package io.reverie.jobs.provenance;

import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.Serializable;

/**
 * What dreamed.
 *
 * @param name of the network
 * @param descriptor the content of the user's own descriptor file; empty for a network of Reverie's
 * @param weights where they were had from
 * @param sha256 of the weights
 */
public record UsedNetwork(String name, String descriptor, String weights, String sha256)
    implements Serializable {

  /** Of a recipe; {@code weights} is the address of the user's own. */
  static UsedNetwork of(ResolvedSpec recipe, String weights) {
    boolean published = recipe.spec().weights().equals("auto");
    return new UsedNetwork(
        recipe.network().name(),
        recipe.descriptor(),
        published ? recipe.network().weights().get(0).uri() : weights,
        recipe.weightsSha256());
  }

  /** In a result that others may get; a descriptor names weights, too. */
  UsedNetwork shared() {
    return new UsedNetwork(name, sharedDescriptor(), SharedAddress.shared(weights), sha256);
  }

  private String sharedDescriptor() {
    return descriptor.isEmpty()
        ? descriptor
        : Networks.parse(descriptor, name).weights().stream()
            .map(Release::uri)
            .reduce(descriptor, (text, uri) -> text.replace(uri, SharedAddress.shared(uri)));
  }
}
