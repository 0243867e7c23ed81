package io.reverie.core.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what the cells of every layer see; empty for those that see the whole image. */
final class Reaches implements Pass<Optional<Reach>> {

  private final Map<String, Optional<Reach>> layers = new LinkedHashMap<>();

  private Reaches() {}

  /** By layer, in the network's order. */
  static Map<String, Optional<Reach>> of(Op op) {
    Reaches pass = new Reaches();
    op.run(Optional.of(Reach.PIXEL), pass);
    return pass.layers;
  }

  @Override
  public Optional<Reach> step(Step step, Optional<Reach> x) {
    return x.flatMap(step::reach);
  }

  @Override
  public Optional<Reach> concat(List<Optional<Reach>> parts) {
    return largest(parts.stream());
  }

  @Override
  public Optional<Reach> sum(Optional<Reach> a, Optional<Reach> b) {
    return largest(Stream.of(a, b));
  }

  private static Optional<Reach> largest(Stream<Optional<Reach>> parts) {
    return parts.flatMap(Optional::stream).reduce(Reach::max);
  }

  @Override
  public Optional<Reach> layer(String name, Optional<Reach> value) {
    layers.put(name, value);
    return value;
  }
}
