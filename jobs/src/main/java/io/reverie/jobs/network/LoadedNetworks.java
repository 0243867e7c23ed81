package io.reverie.jobs.network;

import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One copy of a network for each JVM and device, shared by all its tasks. */
public final class LoadedNetworks {

  private static final Map<Key, Network> LOADED = new ConcurrentHashMap<>();

  private LoadedNetworks() {}

  private record Key(String network, String weightsSha256, String device) {}

  /**
   * The network of a recipe, loaded when first asked for; not to be closed.
   *
   * @param device "cpu" or "gpu0", "gpu1", ...
   */
  public static Network of(Recipe recipe, String device) {
    Key key = new Key(recipe.spec().network(), recipe.weightsSha256(), device);
    return LOADED.computeIfAbsent(
        key,
        k ->
            Networks.load(
                SpecLoader.descriptor(recipe.spec().network()),
                Path.of(recipe.weights()),
                recipe.weightsSha256(),
                device));
  }
}
