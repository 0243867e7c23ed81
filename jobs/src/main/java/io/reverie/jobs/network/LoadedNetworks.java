package io.reverie.jobs.network;

import io.reverie.core.engine.Precision;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Caches one copy of each network per JVM and device, shared by all tasks. */
public final class LoadedNetworks {

  private static final Logger LOG = LoggerFactory.getLogger(LoadedNetworks.class);

  private static final Map<Key, Network> LOADED = new ConcurrentHashMap<>();

  private LoadedNetworks() {}

  private record Key(
      String network,
      String weightsSha256,
      WeightsFacts facts,
      String device,
      Precision precision) {}

  /**
   * Returns the network, loading it on first use; callers must not close it.
   *
   * @param device such as cpu or gpu0
   */
  public static Network of(ResolvedSpec resolved, String device) {
    String network = resolved.spec().network() + resolved.descriptor();
    WeightsFacts facts = Objects.requireNonNull(resolved.facts());
    return LOADED.computeIfAbsent(
        new Key(network, resolved.weightsSha256(), facts, device, resolved.spec().precision()),
        key -> load(resolved, facts, device));
  }

  /** Returns a warning if this machine computes a dream more slowly than it could. */
  public static Optional<String> slowness(PipelineSpec spec, String device) {
    return spec.precision().isFastOn(device)
        ? Optional.empty()
        : Optional.of(
            "this processor has no instructions for bfloat16 (AVX512-BF16 or AMX), so --precision float32 would be faster");
  }

  private static Network load(ResolvedSpec resolved, WeightsFacts facts, String device) {
    Precision precision = resolved.spec().precision();
    slowness(resolved.spec(), device).ifPresent(LOG::warn);
    try {
      return Networks.load(resolved.described(), weights(resolved), facts, device, precision);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The driver's file if this machine can read it, otherwise the copy that Spark has fetched. */
  private static Path weights(ResolvedSpec resolved) throws IOException {
    Path file = Path.of(resolved.weights());
    if (SparkEnv.get() != null && !Files.exists(file)) {
      file = Path.of(SparkFiles.get(SharedWeights.name(resolved)));
    }
    if (!WeightsStore.hash(resolved.network(), file).equals(resolved.weightsSha256())) {
      throw UserException.environment(
          "the weights %s have changed since the run began; rerun".formatted(file));
    }
    return file;
  }
}
