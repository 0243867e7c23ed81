package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Normed;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.Op.Sum;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.NormedConv;
import io.reverie.core.network.graph.Step.Relu;
import java.util.ArrayList;
import java.util.List;

/**
 * ResNet (He et al. 2015, arXiv:1512.03385) as in torchvision: a bottleneck has its stride at the
 * 3x3 convolution. The one ReLU module of a block runs several times; as in torchvision's feature
 * extraction its outputs are {@code relu} and {@code relu_1}, and the last one is the output of the
 * block.
 */
final class ResNet {

  private static final double EPSILON = 1e-5;

  private ResNet() {}

  static Op resnet18(int classes) {
    return network(classes, Block.BASIC, 2, 2, 2, 2);
  }

  static Op resnet50(int classes) {
    return network(classes, Block.BOTTLENECK, 3, 4, 6, 3);
  }

  private static Op network(int classes, Block block, int... blocks) {
    List<Op> ops = new ArrayList<>();
    ops.add(conv("conv1", "bn1", 3, 64, SlidingWindow.square(7, 2, 3)));
    ops.add(new Named("relu", new Relu()));
    ops.add(new Named("maxpool", new MaxPool(SlidingWindow.square(3, 2, 1), false)));
    int in = 64;
    for (int i = 0; i < blocks.length; i++) {
      int width = 64 << i;
      ops.add(layer("layer" + (i + 1), block, blocks[i], in, width, i == 0 ? 1 : 2));
      in = width * block.expansion;
    }
    ops.add(new Named("avgpool", new AdaptivePool(1)));
    ops.add(new Named("fc", new Linear("fc", in, classes)));
    return new Sequence(ops);
  }

  private static Op layer(String key, Block block, int count, int in, int width, int stride) {
    List<Op> blocks = new ArrayList<>();
    int out = width * block.expansion;
    for (int i = 0; i < count; i++) {
      blocks.add(residual(key + "." + i, block, i == 0 ? in : out, width, i == 0 ? stride : 1));
    }
    return new Named(key, new Sequence(blocks));
  }

  private static Op residual(String key, Block block, int in, int width, int stride) {
    int out = width * block.expansion;
    Op shortcut =
        in == out && stride == 1 ? Sequence.of() : downsample(key + ".downsample", in, out, stride);
    return new Named(
        key,
        Sequence.of(new Sum(block.residualPath(key, in, width, stride), shortcut), new Relu()));
  }

  private static Op downsample(String key, int in, int out, int stride) {
    return new Named(
        key, conv(key + ".0", key + ".1", in, out, SlidingWindow.square(1, stride, 0)));
  }

  private static Op conv(String key, String norm, int in, int out, SlidingWindow window) {
    return new Normed(new NormedConv(key, norm, EPSILON, in, out, window));
  }

  /** The residual path of a block, which is added to the block's input. */
  private enum Block {
    BASIC(1) {
      @Override
      Op residualPath(String key, int in, int width, int stride) {
        return Sequence.of(
            conv(key + ".conv1", key + ".bn1", in, width, SlidingWindow.square(3, stride, 1)),
            new Named(key + ".relu", new Relu()),
            conv(key + ".conv2", key + ".bn2", width, width, SlidingWindow.square(3, 1, 1)));
      }
    },
    BOTTLENECK(4) {
      @Override
      Op residualPath(String key, int in, int width, int stride) {
        return Sequence.of(
            conv(key + ".conv1", key + ".bn1", in, width, SlidingWindow.square(1, 1, 0)),
            new Named(key + ".relu", new Relu()),
            conv(key + ".conv2", key + ".bn2", width, width, SlidingWindow.square(3, stride, 1)),
            new Named(key + ".relu_1", new Relu()),
            conv(key + ".conv3", key + ".bn3", width, width * 4, SlidingWindow.square(1, 1, 0)));
      }
    };

    /** Output channels divided by the block's width. */
    private final int expansion;

    Block(int expansion) {
      this.expansion = expansion;
    }

    abstract Op residualPath(String key, int in, int width, int stride);
  }
}
