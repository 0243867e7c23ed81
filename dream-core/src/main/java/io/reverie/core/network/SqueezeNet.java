package io.reverie.core.network;

import static io.reverie.core.network.Op.Sequence;

import io.reverie.core.network.Op.Branches;
import io.reverie.core.network.Op.Conv;
import io.reverie.core.network.Op.GlobalMean;
import io.reverie.core.network.Op.MaxPool;
import io.reverie.core.network.Op.Relu;
import java.util.List;

/** SqueezeNet (Iandola et al. 2016, arXiv:1602.07360) in torchvision's form and names. */
final class SqueezeNet {

  private static final Op POOL = new MaxPool(3, 2, 0, true);

  private SqueezeNet() {}

  static List<Stage> version10() {
    return List.of(
        new Stage("features.0", new Conv("features.0", 3, 96, 7, 2, 0)),
        new Stage("features.1", new Relu()),
        new Stage("features.2", POOL),
        fire(3, 96, 16, 64),
        fire(4, 128, 16, 64),
        fire(5, 128, 32, 128),
        new Stage("features.6", POOL),
        fire(7, 256, 32, 128),
        fire(8, 256, 48, 192),
        fire(9, 384, 48, 192),
        fire(10, 384, 64, 256),
        new Stage("features.11", POOL),
        fire(12, 512, 64, 256),
        new Stage("classifier.1", new Conv("classifier.1", 512, 1000, 1, 1, 0)),
        new Stage("classifier", Sequence.of(new Relu(), new GlobalMean())));
  }

  static List<Stage> version11() {
    return List.of(
        new Stage("features.0", new Conv("features.0", 3, 64, 3, 2, 0)),
        new Stage("features.1", new Relu()),
        new Stage("features.2", POOL),
        fire(3, 64, 16, 64),
        fire(4, 128, 16, 64),
        new Stage("features.5", POOL),
        fire(6, 128, 32, 128),
        fire(7, 256, 32, 128),
        new Stage("features.8", POOL),
        fire(9, 256, 48, 192),
        fire(10, 384, 48, 192),
        fire(11, 384, 64, 256),
        fire(12, 512, 64, 256),
        new Stage("classifier.1", new Conv("classifier.1", 512, 1000, 1, 1, 0)),
        new Stage("classifier", Sequence.of(new Relu(), new GlobalMean())));
  }

  /** Squeeze to few channels, expand by 1x1 and 3x3 side by side. */
  private static Stage fire(int number, int in, int squeeze, int expand) {
    String key = "features." + number;
    return new Stage(
        key,
        Sequence.of(
            new Conv(key + ".squeeze", in, squeeze, 1, 1, 0),
            new Relu(),
            Branches.of(
                new Conv(key + ".expand1x1", squeeze, expand, 1, 1, 0),
                new Conv(key + ".expand3x3", squeeze, expand, 3, 1, 1)),
            new Relu()));
  }
}
