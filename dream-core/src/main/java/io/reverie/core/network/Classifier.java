package io.reverie.core.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.evaluation.LayerShapes;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Classifies images. Preprocessing is torchvision's: resize to 8/7 of the network's input side and
 * crop the centre square. Thread-safe.
 */
public final class Classifier {

  private static final double MARGIN = 8.0 / 7;

  private final Network network;
  private final Classes classes;
  private final int side;
  private final String output;

  /**
   * A class and its probability.
   *
   * @param probability 0..1; all classes sum to 1
   */
  public record Guess(int id, String name, double probability) {}

  /**
   * Creates a classifier; the network stays the caller's to close.
   *
   * @throws DreamException if the descriptor names no classes
   */
  public Classifier(Network network, NetworkDescriptor descriptor) {
    this.network = network;
    this.classes =
        descriptor
            .classes()
            .orElseThrow(
                () ->
                    new DreamException(
                        "network %s cannot classify, because its descriptor has no classes; add them under 'classes'"
                            .formatted(descriptor.name())));
    this.side = descriptor.input();
    this.output =
        descriptor
            .body()
            .filter(body -> descriptor.kind() == Kind.LAYERS)
            .map(body -> lastLayer(body, side))
            .orElse(classes.layer());
  }

  /**
   * Returns the layer of torchvision's output: for SqueezeNet the mean after the last ReLU, not the
   * logits.
   */
  private static String lastLayer(Op body, int side) {
    List<Layer> layers = LayerShapes.of(body, new Size(side, side));
    return layers.get(layers.size() - 1).name();
  }

  /** Returns the most probable classes in descending order, at most {@code count}. */
  public List<Guess> classify(Image image, int count) {
    double[] probabilities = softmax(scores(image));
    return IntStream.range(0, probabilities.length)
        .mapToObj(id -> new Guess(id, classes.names().get(id), probabilities[id]))
        .sorted(Comparator.comparingDouble(Guess::probability).reversed())
        .limit(count)
        .toList();
  }

  private double[] scores(Image image) {
    try (NDManager scope = network.manager().newSubManager()) {
      Size size = image.size();
      NDArray whole = scope.create(image.rgb(), new Shape(1, size.height(), size.width(), 3));
      return Torch.withoutGradient(
          () ->
              Objects.requireNonNull(
                      network.activations(middle(whole, size), Set.of(output)).get(output))
                  .toType(DataType.FLOAT64, true)
                  .mean(new int[] {3})
                  .mean(new int[] {2})
                  .toDoubleArray());
    }
  }

  /**
   * Crops the centre square. Rounds like torchvision, because one pixel can change a probability by
   * a tenth.
   */
  private NDArray middle(NDArray whole, Size size) {
    int shorter = (int) Math.round(side * MARGIN);
    Size scaled =
        new Size(
            (int) ((long) shorter * size.width() / size.shorterSide()),
            (int) ((long) shorter * size.height() / size.shorterSide()));
    int top = (int) Math.rint((scaled.height() - side) / 2.0);
    int left = (int) Math.rint((scaled.width() - side) / 2.0);
    return Torch.resize(whole, scaled)
        .get(":, %d:%d, %d:%d, :".formatted(top, top + side, left, left + side));
  }

  private static double[] softmax(double[] scores) {
    double largest = DoubleStream.of(scores).max().orElseThrow();
    double[] powers = DoubleStream.of(scores).map(score -> Math.exp(score - largest)).toArray();
    double sum = DoubleStream.of(powers).sum();
    return DoubleStream.of(powers).map(power -> power / sum).toArray();
  }
}
