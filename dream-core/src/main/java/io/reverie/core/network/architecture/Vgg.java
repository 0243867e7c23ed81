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
import java.util.ArrayList;
import java.util.List;

/**
 * VGG without batch norm (Simonyan and Zisserman 2014, arXiv:1409.1556) as in torchvision. Dropout
 * is omitted, because it does nothing in a trained network.
 */
final class Vgg {

  private static final int BINS = 7;
  private static final int HIDDEN = 4096;

  private Vgg() {}

  static Op vgg16(int classes) {
    return network(classes, 2, 2, 3, 3, 3);
  }

  static Op vgg19(int classes) {
    return network(classes, 2, 2, 4, 4, 4);
  }

  /** Builds a network of five blocks with the given numbers of convolutions. */
  private static Op network(int classes, int... convolutions) {
    List<Op> features = new ArrayList<>();
    int in = 3;
    for (int block = 0; block < convolutions.length; block++) {
      int out = Math.min(64 << block, 512);
      for (int i = 0; i < convolutions[block]; i++) {
        String key = "features." + features.size();
        features.add(new Named(key, new Conv(key, in, out, SlidingWindow.square(3, 1, 1))));
        features.add(new Named("features." + features.size(), new Relu()));
        in = out;
      }
      Op pool = new MaxPool(SlidingWindow.square(2, 2, 0), false);
      features.add(new Named("features." + features.size(), pool));
    }
    return Sequence.of(
        new Named("features", new Sequence(features)),
        new Named("avgpool", new AdaptivePool(BINS)),
        new Named(
            "classifier",
            Sequence.of(
                linear("classifier.0", in * BINS * BINS, HIDDEN),
                new Named("classifier.1", new Relu()),
                linear("classifier.3", HIDDEN, HIDDEN),
                new Named("classifier.4", new Relu()),
                linear("classifier.6", HIDDEN, classes))));
  }

  private static Op linear(String key, int in, int out) {
    return new Named(key, new Linear(key, in, out));
  }
}
