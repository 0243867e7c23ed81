package io.reverie.core.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what the cells of every layer see; empty for those that see the whole image. */
final class Reaches implements Pass<Optional<Field>> {

  private final Map<String, Optional<Reach>> layers = new LinkedHashMap<>();

  private Reaches() {}

  /** By layer, in the network's order. */
  static Map<String, Optional<Reach>> of(Op op) {
    Reaches pass = new Reaches();
    op.run(Optional.of(Field.PIXEL), pass);
    return pass.layers;
  }

  @Override
  public Optional<Field> step(Step step, Optional<Field> x) {
    return x.flatMap(step::field);
  }

  @Override
  public Optional<Field> concat(List<Optional<Field>> parts) {
    return largest(parts.stream());
  }

  @Override
  public Optional<Field> sum(Optional<Field> a, Optional<Field> b) {
    return largest(Stream.of(a, b));
  }

  private static Optional<Field> largest(Stream<Optional<Field>> parts) {
    return parts.flatMap(Optional::stream).reduce(Field::max);
  }

  @Override
  public Optional<Field> layer(String name, Optional<Field> value) {
    layers.put(name, value.map(Field::reach));
    return value;
  }
}
