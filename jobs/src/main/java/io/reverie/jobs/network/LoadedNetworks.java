package io.reverie.jobs.network;

import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

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
  public static Network of(ResolvedSpec recipe, String device) {
    String network = recipe.spec().network() + recipe.descriptor();
    return LOADED.computeIfAbsent(
        new Key(network, recipe.weightsSha256(), device), key -> load(recipe, device));
  }

  private static Network load(ResolvedSpec recipe, String device) {
    try {
      return Networks.load(recipe.network(), weights(recipe), recipe.weightsSha256(), device);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The driver's file, where this machine sees it too; else the copy that Spark has fetched. */
  private static Path weights(ResolvedSpec recipe) throws IOException {
    Path file = Path.of(recipe.weights());
    if (SparkEnv.get() != null && !Files.exists(file)) {
      file = Path.of(SparkFiles.get(SharedWeights.name(recipe)));
    }
    if (!Sha256.of(file).equals(recipe.weightsSha256())) {
      throw UserException.environment(
          "the weights %s have changed since the run began; run again".formatted(file));
    }
    return file;
  }
}
