package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Conv;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.Relu;

/**
 * AlexNet of Krizhevsky 2014 (arXiv:1404.5997) with torchvision's names. Dropout is omitted,
 * because it does nothing in a trained network.
 */
final class AlexNet {

  private static final int BINS = 6;
  private static final int HIDDEN = 4096;
  private static final Op POOL = new MaxPool(SlidingWindow.square(3, 2, 0), false);

  private AlexNet() {}

  static Op of(int classes) {
    Op features =
        Sequence.of(
            conv(0, 3, 64, SlidingWindow.square(11, 4, 2)),
            relu("features.1"),
            new Named("features.2", POOL),
            conv(3, 64, 192, SlidingWindow.square(5, 1, 2)),
            relu("features.4"),
            new Named("features.5", POOL),
            conv(6, 192, 384, SlidingWindow.square(3, 1, 1)),
            relu("features.7"),
            conv(8, 384, 256, SlidingWindow.square(3, 1, 1)),
            relu("features.9"),
            conv(10, 256, 256, SlidingWindow.square(3, 1, 1)),
            relu("features.11"),
            new Named("features.12", POOL));
    Op classifier =
        Sequence.of(
            linear("classifier.1", 256 * BINS * BINS, HIDDEN),
            relu("classifier.2"),
            linear("classifier.4", HIDDEN, HIDDEN),
            relu("classifier.5"),
            linear("classifier.6", HIDDEN, classes));
    return Sequence.of(
        new Named("features", features),
        new Named("avgpool", new AdaptivePool(BINS)),
        new Named("classifier", classifier));
  }

  private static Op conv(int number, int in, int out, SlidingWindow window) {
    String key = "features." + number;
    return new Named(key, new Conv(key, in, out, window));
  }

  private static Op relu(String name) {
    return new Named(name, new Relu());
  }

  private static Op linear(String key, int in, int out) {
    return new Named(key, new Linear(key, in, out));
  }
}
