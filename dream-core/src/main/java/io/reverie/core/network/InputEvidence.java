package io.reverie.core.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.Preprocessing.Order;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.evaluation.StepTensors;
import io.reverie.core.network.graph.operation.PaddedConv;
import io.reverie.core.weights.tensor.StateDict;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Determines from tensors whether a network was trained on Caffe's inputs, which reach from -128 to
 * 128, or on torchvision's, which have a deviation of about 1.
 *
 * <p>The magnitude of the first kernel alone is no evidence: those of SqueezeNet in Caffe are as
 * large as torchvision's. Batch norm records the variance of the first convolution's outputs in
 * training, which is some 4,000 times larger with Caffe's inputs. Without batch norm, the logits
 * show it: from grey to a picture, those of a trained network change by a few units (SqueezeNet
 * 4.8, the embedded network 1.8), but by at least ten times less if the inputs are too faint (0.33
 * and 0.005), and with inputs too strong, by fifty times more, or hardly more if its first layers
 * saturate.
 */
final class InputEvidence {

  /** Between 0.1 and 10 for inputs of deviation 1, from 400 for those of deviation 65. */
  private static final double CAFFE_GAIN = 100;

  /** Change of the logits with torchvision's inputs: below, the input is too faint. */
  private static final double FAINT = 1;

  /** Change of the logits with Caffe's inputs: above, the input is too strong. */
  private static final double STRONG = 20;

  /** By how many times it is larger with the right inputs than with too faint ones, at least. */
  private static final double RATIO = 5;

  private static final double NORMAL_SCALE = 0.1;
  private static final int COLOURS = 3;
  private static final float GREY = 128;

  private InputEvidence() {}

  /**
   * Returns whether tensors were trained on Caffe's inputs instead of those described.
   *
   * @param network expects torchvision's inputs
   * @param weights that fit the network
   */
  static boolean isCaffe(NetworkDescriptor network, StateDict weights) {
    if (network.preprocessing().scale() > NORMAL_SCALE) {
      return false;
    }
    Op body = network.body().orElseThrow();
    Step[] first = new Step[1];
    body.forEachStep(step -> first[0] = first[0] == null && isConvolution(step) ? step : first[0]);
    if (first[0] instanceof Step.NormedConv conv) {
      return gain(conv, weights) > CAFFE_GAIN;
    }
    return (first[0] instanceof Step.Conv || first[0] instanceof PaddedConv)
        && network.classes().isPresent()
        && isCaffe(network, network.classes().get(), weights);
  }

  private static boolean isConvolution(Step step) {
    return step instanceof Step.Conv
        || step instanceof Step.NormedConv
        || step instanceof PaddedConv;
  }

  /** The variance of the outputs in training for a kernel of norm 1. */
  private static double gain(Step.NormedConv conv, StateDict weights) {
    double variance = 0;
    for (float each : weights.get(conv.norm() + ".running_var").values()) {
      variance += each;
    }
    double squares = 0;
    for (float each : weights.get(conv.key() + ".weight").values()) {
      squares += (double) each * each;
    }
    return variance / squares;
  }

  private static boolean isCaffe(NetworkDescriptor network, Classes classes, StateDict weights) {
    Preprocessing none =
        new Preprocessing(Order.RGB, 1, List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0));
    try (Network plain =
        NetworkLoader.owning(
            Device.cpu(),
            manager ->
                new LayerNetwork(
                    network.name(),
                    network.body().orElseThrow(),
                    none,
                    network.minimumSide(),
                    weights,
                    manager,
                    DataType.FLOAT32))) {
      double usual = change(plain, network.preprocessing(), network.input(), classes.layer());
      double caffe = change(plain, Preprocessing.CAFFE, network.input(), classes.layer());
      return usual < FAINT && caffe < STRONG && caffe > RATIO * usual;
    }
  }

  /**
   * The standard deviation over the classes of the change of their logits from grey to a picture.
   */
  private static double change(Network plain, Preprocessing as, int side, String layer) {
    try (NDManager scope = plain.manager().newSubManager()) {
      float[] grey = new float[side * side * COLOURS];
      Arrays.fill(grey, GREY);
      return Torch.withoutGradient(
          () -> {
            NDArray change =
                logits(plain, as, picture(side), layer, scope)
                    .sub(logits(plain, as, grey, layer, scope));
            return Math.sqrt(change.sub(change.mean()).square().mean().getFloat());
          });
    }
  }

  private static NDArray logits(
      Network plain, Preprocessing as, float[] rgb, String layer, NDManager scope) {
    int side = (int) Math.sqrt(rgb.length / (double) COLOURS);
    NDArray picture = scope.create(rgb, new Shape(1, side, side, COLOURS));
    NDArray input = as.apply(picture).transpose(0, 2, 3, 1);
    return Objects.requireNonNull(plain.activations(input, Set.of(layer)).get(layer))
        .mean(new int[] {3})
        .mean(new int[] {2})
        .flatten();
  }

  /**
   * Returns a cloudy picture with the spectrum of a photo's, RGB in 0..255: octaves of random
   * blobs, mostly alike in all colours, each weaker than the last by the root of two.
   */
  private static float[] picture(int side) {
    SplittableRandom random = new SplittableRandom(1);
    float[] sum = new float[side * side * COLOURS];
    for (int cells = 4; cells <= Math.max(4, side / 2); cells *= 2) {
      float weight = (float) (110 * Math.sqrt(4.0 / cells));
      float[][] grids = new float[COLOURS + 1][(cells + 1) * (cells + 1)];
      for (float[] grid : grids) {
        for (int i = 0; i < grid.length; i++) {
          grid[i] = (float) random.nextDouble() - 0.5f;
        }
      }
      for (int i = 0; i < sum.length; i++) {
        int pixel = i / COLOURS;
        int row = pixel / side;
        float y = row * (float) cells / side;
        float x = (pixel - row * side) * (float) cells / side;
        sum[i] +=
            weight * (at(grids[COLOURS], cells, x, y) + 0.3f * at(grids[i % COLOURS], cells, x, y));
      }
    }
    for (int i = 0; i < sum.length; i++) {
      sum[i] = Math.max(0, Math.min(255, 128 + sum[i]));
    }
    return sum;
  }

  /** Interpolates linearly in a grid. */
  private static float at(float[] grid, int cells, float x, float y) {
    int column = (int) x;
    int row = (int) y;
    float right = x - column;
    float down = y - row;
    int corner = row * (cells + 1) + column;
    float above = grid[corner] * (1 - right) + grid[corner + 1] * right;
    float below = grid[corner + cells + 1] * (1 - right) + grid[corner + cells + 2] * right;
    return above * (1 - down) + below * down;
  }

  /** Returns the hash of the first kernel, by which known weights are recognised; "" if none. */
  static String firstKernel(NetworkDescriptor network, StateDict weights) {
    List<StepTensors.Loaded> steps = StepTensors.of(network.body().orElseThrow());
    return steps.isEmpty() ? "" : weights.get(steps.get(0).kernel()).sha256();
  }
}
