package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Branches;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Normed;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.NormedConv;
import io.reverie.core.network.graph.Step.Relu;

/**
 * GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842) as in torchvision: with batch norm, and with 3x3
 * kernels where the paper has 5x5.
 */
public final class GoogLeNet {

  private static final double EPSILON = 0.001;
  private static final Op POOL = new MaxPool(SlidingWindow.square(3, 2, 0), true);

  private GoogLeNet() {}

  static Op of(int classes) {
    return Sequence.of(
        conv("conv1", 3, 64, 7, 2),
        new Named("maxpool1", POOL),
        conv("conv2", 64, 64, 1, 1),
        conv("conv3", 64, 192, 3, 1),
        new Named("maxpool2", POOL),
        inception("inception3a", 192, 64, 96, 128, 16, 32, 32),
        inception("inception3b", 256, 128, 128, 192, 32, 96, 64),
        new Named("maxpool3", POOL),
        inception("inception4a", 480, 192, 96, 208, 16, 48, 64),
        inception("inception4b", 512, 160, 112, 224, 24, 64, 64),
        inception("inception4c", 512, 128, 128, 256, 24, 64, 64),
        inception("inception4d", 512, 112, 144, 288, 32, 64, 64),
        inception("inception4e", 528, 256, 160, 320, 32, 128, 128),
        new Named("maxpool4", new MaxPool(SlidingWindow.square(2, 2, 0), true)),
        inception("inception5a", 832, 256, 160, 320, 32, 128, 128),
        inception("inception5b", 832, 384, 192, 384, 48, 128, 128),
        new Named("avgpool", new AdaptivePool(1)),
        new Named("fc", new Linear("fc", 1024, classes)));
  }

  private static Op inception(
      String key, int in, int one, int red3, int three, int red5, int five, int pool) {
    return new Named(
        key,
        Branches.of(
            conv(key + ".branch1", in, one, 1, 1),
            new Named(
                key + ".branch2",
                Sequence.of(
                    conv(key + ".branch2.0", in, red3, 1, 1),
                    conv(key + ".branch2.1", red3, three, 3, 1))),
            new Named(
                key + ".branch3",
                Sequence.of(
                    conv(key + ".branch3.0", in, red5, 1, 1),
                    conv(key + ".branch3.1", red5, five, 3, 1))),
            new Named(
                key + ".branch4",
                Sequence.of(
                    new Named(key + ".branch4.0", new MaxPool(SlidingWindow.square(3, 1, 1), true)),
                    conv(key + ".branch4.1", in, pool, 1, 1)))));
  }

  private static Op conv(String key, int in, int out, int side, int stride) {
    return conv(key, in, out, SlidingWindow.square(side, stride, side / 2));
  }

  /** Returns a convolution without bias, followed by batch norm and ReLU. */
  public static Op conv(String key, int in, int out, SlidingWindow window) {
    NormedConv conv = new NormedConv(key + ".conv", key + ".bn", EPSILON, in, out, window);
    return new Named(key, Sequence.of(new Normed(conv), new Relu()));
  }
}
