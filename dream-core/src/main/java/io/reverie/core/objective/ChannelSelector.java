package io.reverie.core.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Selects the channels of a layer that an objective uses. */
public sealed interface ChannelSelector {

  static ChannelSelector all() {
    return new All();
  }

  /**
   * Reads {@code all}, {@code strongest N} or {@code weakest N}.
   *
   * @throws DreamException for any other text
   */
  static ChannelSelector parse(String text) {
    if (text.equals("all")) {
      return all();
    }
    if (!text.matches("(strongest|weakest) +\\d{1,6}")) {
      throw new DreamException(
          "channels must be numbers from 0, all, strongest N or weakest N, not '%s'"
              .formatted(text));
    }
    int count = Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    return text.startsWith("strongest") ? new Strongest(count) : new Weakest(count);
  }

  /**
   * Returns the selected channels.
   *
   * @param means mean activation of each channel
   */
  IntStream select(float[] means);

  /** Returns whether the selection depends on the activations. */
  default boolean dependsOnActivations() {
    return false;
  }

  /** Returns a mask (1, C, 1, 1): 1 for selected channels, 0 elsewhere. */
  default NDArray mask(NDArray activations, LayerExtent extent) {
    float[] mask = new float[(int) activations.getShape().get(1)];
    select(extent.means().orElseGet(() -> means(activations)))
        .forEach(channel -> mask[channel] = 1);
    return activations
        .getManager()
        .create(mask, new Shape(1, mask.length, 1, 1))
        .toType(activations.getDataType(), false);
  }

  private static float[] means(NDArray activations) {
    NDArray means = activations.mean(new int[] {3}).mean(new int[] {2});
    return means.toType(ai.djl.ndarray.types.DataType.FLOAT32, false).toFloatArray();
  }

  /** See {@link Objective#target}. */
  default String of(String layer) {
    return "layer " + layer;
  }

  /** See {@link Objective#requireChannels}. */
  default void requireIn(String layer, long channels) {}

  /** Selects every channel. */
  record All() implements ChannelSelector {
    @Override
    public IntStream select(float[] means) {
      return IntStream.range(0, means.length);
    }
  }

  /**
   * Selects channels by number.
   *
   * @param ids numbers from 0
   */
  record Ids(List<Integer> ids) implements ChannelSelector {
    public Ids {
      ids = List.copyOf(ids);
    }

    @Override
    public IntStream select(float[] means) {
      return ids.stream().mapToInt(Integer::intValue);
    }

    @Override
    public String of(String layer) {
      String numbers = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
      return "channel%s %s of layer %s".formatted(ids.size() == 1 ? "" : "s", numbers, layer);
    }

    @Override
    public void requireIn(String layer, long channels) {
      for (int id : ids) {
        if (id < 0 || id >= channels) {
          throw new DreamException(
              "layer %s has no channel %d; it has 0 to %d".formatted(layer, id, channels - 1));
        }
      }
    }
  }

  /**
   * Selects the channels with the largest means, which amplifies what the image already shows.
   *
   * @param count at least 1
   */
  record Strongest(int count) implements ByResponse {
    public Strongest {
      ByResponse.requireSome(count);
    }

    @Override
    public IntStream select(float[] means) {
      return ByResponse.ascending(means).skip(Math.max(0, means.length - count));
    }
  }

  /**
   * Selects the channels with the smallest positive means, which amplifies what the image hardly
   * shows.
   *
   * @param count at least 1
   */
  record Weakest(int count) implements ByResponse {
    public Weakest {
      ByResponse.requireSome(count);
    }

    @Override
    public IntStream select(float[] means) {
      return ByResponse.ascending(means).filter(channel -> means[channel] > 0).limit(count);
    }
  }

  /** A number of channels, chosen by how strongly they respond. */
  sealed interface ByResponse extends ChannelSelector {

    @Override
    default boolean dependsOnActivations() {
      return true;
    }

    static void requireSome(int count) {
      if (count < 1) {
        throw new DreamException("the number of channels must be at least 1, not " + count);
      }
    }

    /** Returns the channels from the smallest to the largest mean. */
    static IntStream ascending(float[] means) {
      return IntStream.range(0, means.length)
          .boxed()
          .sorted((a, b) -> Float.compare(means[a], means[b]))
          .mapToInt(Integer::intValue);
    }
  }
}
