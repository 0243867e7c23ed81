package io.reverie.core.weights.tensor;

import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** Collects the tensors of a file. */
public final class Tensors {

  public static final int LONGEST_NAME = 512;

  private static final int MAX_TENSORS = 100_000;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * Checks the name of a layer or tensor before it appears in a message.
   *
   * @throws MalformedWeights if it could break or hide the line
   */
  public static String plain(String name) throws MalformedWeights {
    if (name.chars().anyMatch(Character::isISOControl)) {
      throw new MalformedWeights("it has a tensor name with control characters");
    }
    return name;
  }

  public void put(String name, Tensor tensor) throws MalformedWeights {
    if (tensors.put(name, tensor) != null) {
      throw new MalformedWeights("it contains the tensor %s twice".formatted(name));
    }
    if (tensors.size() > MAX_TENSORS) {
      throw new MalformedWeights("it contains more than %d tensors".formatted(MAX_TENSORS));
    }
  }

  public boolean areNone() {
    return tensors.isEmpty();
  }

  public StateDict of(Source source) {
    return new StateDict(source.name(), tensors);
  }
}
