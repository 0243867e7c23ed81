package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Branches;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Conv;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.Relu;

/** SqueezeNet (Iandola et al. 2016, arXiv:1602.07360) as in torchvision. */
final class SqueezeNet {

  private static final Op POOL = new MaxPool(SlidingWindow.square(3, 2, 0), true);

  private SqueezeNet() {}

  static Op version10(int classes) {
    return network(
        classes,
        conv("features.0", 3, 96, SlidingWindow.square(7, 2, 0)),
        new Named("features.1", new Relu()),
        new Named("features.2", POOL),
        fire(3, 96, 16, 64),
        fire(4, 128, 16, 64),
        fire(5, 128, 32, 128),
        new Named("features.6", POOL),
        fire(7, 256, 32, 128),
        fire(8, 256, 48, 192),
        fire(9, 384, 48, 192),
        fire(10, 384, 64, 256),
        new Named("features.11", POOL),
        fire(12, 512, 64, 256));
  }

  static Op version11(int classes) {
    return network(
        classes,
        conv("features.0", 3, 64, SlidingWindow.square(3, 2, 0)),
        new Named("features.1", new Relu()),
        new Named("features.2", POOL),
        fire(3, 64, 16, 64),
        fire(4, 128, 16, 64),
        new Named("features.5", POOL),
        fire(6, 128, 32, 128),
        fire(7, 256, 32, 128),
        new Named("features.8", POOL),
        fire(9, 256, 48, 192),
        fire(10, 384, 48, 192),
        fire(11, 384, 64, 256),
        fire(12, 512, 64, 256));
  }

  private static Op network(int classes, Op... features) {
    return Sequence.of(
        new Named("features", Sequence.of(features)),
        new Named(
            "classifier",
            Sequence.of(
                conv("classifier.1", 512, classes, SlidingWindow.square(1, 1, 0)),
                new Named("classifier.2", new Relu()),
                new Named("classifier.3", new AdaptivePool(1)))));
  }

  /**
   * Returns a fire module: squeezes to few channels, then expands by 1x1 and 3x3 convolutions in
   * parallel.
   */
  private static Op fire(int number, int in, int squeeze, int expand) {
    String key = "features." + number;
    return new Named(
        key,
        Sequence.of(
            activated(key + ".squeeze", in, squeeze, SlidingWindow.square(1, 1, 0)),
            Branches.of(
                activated(key + ".expand1x1", squeeze, expand, SlidingWindow.square(1, 1, 0)),
                activated(key + ".expand3x3", squeeze, expand, SlidingWindow.square(3, 1, 1)))));
  }

  private static Op activated(String key, int in, int out, SlidingWindow window) {
    return Sequence.of(conv(key, in, out, window), new Named(key + "_activation", new Relu()));
  }

  private static Op conv(String key, int in, int out, SlidingWindow window) {
    return new Named(key, new Conv(key, in, out, window));
  }
}
