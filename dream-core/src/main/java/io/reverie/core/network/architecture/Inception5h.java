package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Branches;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Conv;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.Relu;
import io.reverie.core.network.graph.operation.ResponseNorm;
import java.util.ArrayList;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842) as Google published it for TensorFlow, with the
 * names of its graph. Two modules have other widths than in the paper, the response norm has other
 * constants, and the padding is TensorFlow's. The auxiliary heads are left out. The graph's last
 * pooling is a 7x7 mean, all there is of an image of 224 px; here it is the mean of the whole image
 * at any size.
 */
final class Inception5h {

  private static final SlidingWindow ONE = SlidingWindow.square(1, 1, 0);
  private static final SlidingWindow THREE = SlidingWindow.square(3, 1, 1);

  private Inception5h() {}

  static Op of(int classes) {
    List<Op> ops = new ArrayList<>();
    ops.add(conv("conv2d0", 3, 64, SlidingWindow.same(7, 2)));
    ops.add(halve("maxpool0"));
    ops.add(responseNorm("localresponsenorm0", 64));
    ops.add(conv("conv2d1", 64, 64, ONE));
    ops.add(conv("conv2d2", 64, 192, THREE));
    ops.add(responseNorm("localresponsenorm1", 192));
    ops.add(halve("maxpool1"));
    int in = modules(ops, 192, "3a", "3b");
    ops.add(halve("maxpool4"));
    in = modules(ops, in, "4a", "4b", "4c", "4d", "4e");
    ops.add(halve("maxpool10"));
    in = modules(ops, in, "5a", "5b");
    ops.add(new Named("avgpool0", new AdaptivePool(1)));
    ops.add(new Named("softmax2_pre_activation", new Linear("softmax2", in, classes)));
    return new Sequence(ops);
  }

  /** Adds modules and returns the channels of the last one. */
  private static int modules(List<Op> ops, int in, String... names) {
    int channels = in;
    for (String name : names) {
      InceptionV1 module = widths(name);
      ops.add(module(channels, module));
      channels = module.channels();
    }
    return channels;
  }

  private static InceptionV1 widths(String name) {
    InceptionV1 paper = InceptionV1.paper(name);
    return switch (name) {
      case "4a" -> paper.withThree(204);
      case "5a" -> paper.withReduce5(48);
      default -> paper;
    };
  }

  private static Op module(int in, InceptionV1 m) {
    String key = "mixed" + m.name();
    return new Named(
        key,
        Branches.of(
            conv(key + "_1x1", in, m.one(), ONE),
            Sequence.of(
                conv(key + "_3x3_bottleneck", in, m.reduce3(), ONE),
                conv(key + "_3x3", m.reduce3(), m.three(), THREE)),
            Sequence.of(
                conv(key + "_5x5_bottleneck", in, m.reduce5(), ONE),
                conv(key + "_5x5", m.reduce5(), m.five(), SlidingWindow.square(5, 1, 2))),
            Sequence.of(
                new Named(key + "_pool", new MaxPool(THREE, false)),
                conv(key + "_pool_reduce", in, m.pool(), ONE))));
  }

  /** Returns a convolution and its ReLU, each a layer. */
  private static Op conv(String name, int in, int out, SlidingWindow window) {
    return Sequence.of(
        new Named(name + "_pre_relu", new Conv(name, in, out, window)),
        new Named(name, new Relu()));
  }

  private static Op halve(String name) {
    return new Named(name, new MaxPool(SlidingWindow.same(3, 2), false));
  }

  /** TensorFlow's radius 5, bias 2, alpha 1e-4 and beta 0.5. */
  private static Op responseNorm(String name, int channels) {
    int size = 2 * 5 + 1;
    return new Named(name, new ResponseNorm(name, channels, size, size * 1e-4, 0.5, 2));
  }
}
