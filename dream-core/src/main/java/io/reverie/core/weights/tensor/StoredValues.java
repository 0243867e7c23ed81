package io.reverie.core.weights.tensor;

import io.reverie.core.protobuf.Extent;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Region;
import io.reverie.core.weights.source.Source;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The values of one tensor in a protobuf message: all in one place, or one by one, as writers do
 * that do not pack repeated fields. They are read on demand.
 */
public final class StoredValues {

  public static final int MAX_PARTS = 1 << 16;

  /** The largest tensor whose values may be fewer than its elements, the last one repeated. */
  private static final int MAX_REPEATED = 1 << 20;

  private final Source source;
  private final List<Part> parts = new ArrayList<>();

  /** Values without anything between them. */
  private record Part(ElementType type, Region region) {

    long count() {
      return region.length() / type.bytes();
    }

    float[] values() throws IOException {
      return TensorLayout.contiguous(type, new long[] {count()}).values(region);
    }
  }

  public StoredValues(Source source) {
    this.source = source;
  }

  /** Adds the values of a range of the file. */
  public void add(ElementType type, Extent extent) throws MalformedWeights {
    if (extent.length() % type.bytes() != 0) {
      throw new MalformedWeights(
          "it has a tensor of %d bytes, and a value has %d"
              .formatted(extent.length(), type.bytes()));
    }
    if (parts.size() == MAX_PARTS) {
      throw new MalformedWeights("it has a tensor of more than %d parts".formatted(MAX_PARTS));
    }
    parts.add(new Part(type, new Region(source, extent.position(), extent.length())));
  }

  long count() {
    return parts.stream().mapToLong(Part::count).sum();
  }

  /**
   * Returns the tensor.
   *
   * @param layout row-major, or a permutation of it
   * @param repeat whether fewer values than elements may be stored, the last one repeated
   * @throws MalformedWeights if the number of values is not that of its elements
   */
  public Tensor tensor(String name, TensorLayout layout, boolean repeat) throws MalformedWeights {
    long elements = elements(name, layout);
    long count = count();
    boolean repeated = repeat && count > 0 && count < elements && elements <= MAX_REPEATED;
    if (count != elements && !repeated) {
      throw new MalformedWeights(
          "its tensor %s of shape %s has %d values"
              .formatted(name, Arrays.toString(layout.shape()), count));
    }
    if (parts.size() == 1 && !repeated) {
      return layout.in(parts.get(0).region());
    }
    return gathered(layout, (int) elements);
  }

  private static long elements(String name, TensorLayout layout) throws MalformedWeights {
    try {
      return layout.elements();
    } catch (ArithmeticException e) {
      throw new MalformedWeights("its tensor %s is too large".formatted(name), e);
    }
  }

  private Tensor gathered(TensorLayout layout, int elements) {
    List<Part> all = List.copyOf(parts);
    return new Tensor(
        layout.shape(),
        source.name(),
        () -> {
          float[] values = new float[elements];
          int at = 0;
          for (Part part : all) {
            float[] some = part.values();
            System.arraycopy(some, 0, values, at, some.length);
            at += some.length;
          }
          Arrays.fill(values, at, elements, at == 0 ? 0 : values[at - 1]);
          return layout.of(values);
        });
  }
}
