package io.reverie.core.network;

import io.reverie.core.network.Op.Branches;
import io.reverie.core.network.Op.Conv;
import io.reverie.core.network.Op.GlobalMean;
import io.reverie.core.network.Op.Linear;
import io.reverie.core.network.Op.MaxPool;
import io.reverie.core.network.Op.Relu;
import io.reverie.core.network.Op.Sequence;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842) in torchvision's form and names: with batch
 * norm, and with 3x3 kernels where the paper has 5x5.
 */
final class GoogLeNet {

  private static final double EPSILON = 0.001;
  private static final Op POOL = new MaxPool(3, 2, 0, true);

  private GoogLeNet() {}

  static List<Stage> stages() {
    return List.of(
        new Stage("conv1", conv("conv1", 3, 64, 7, 2, 3)),
        new Stage("maxpool1", POOL),
        new Stage("conv2", conv("conv2", 64, 64, 1, 1, 0)),
        new Stage("conv3", conv("conv3", 64, 192, 3, 1, 1)),
        new Stage("maxpool2", POOL),
        inception("inception3a", 192, 64, 96, 128, 16, 32, 32),
        inception("inception3b", 256, 128, 128, 192, 32, 96, 64),
        new Stage("maxpool3", POOL),
        inception("inception4a", 480, 192, 96, 208, 16, 48, 64),
        inception("inception4b", 512, 160, 112, 224, 24, 64, 64),
        inception("inception4c", 512, 128, 128, 256, 24, 64, 64),
        inception("inception4d", 512, 112, 144, 288, 32, 64, 64),
        inception("inception4e", 528, 256, 160, 320, 32, 128, 128),
        new Stage("maxpool4", new MaxPool(2, 2, 0, true)),
        inception("inception5a", 832, 256, 160, 320, 32, 128, 128),
        inception("inception5b", 832, 384, 192, 384, 48, 128, 128),
        new Stage("avgpool", new GlobalMean()),
        new Stage("fc", new Linear("fc", 1024, 1000)));
  }

  private static Stage inception(
      String key, int in, int one, int red3, int three, int red5, int five, int pool) {
    return new Stage(
        key,
        Branches.of(
            conv(key + ".branch1", in, one, 1, 1, 0),
            Sequence.of(
                conv(key + ".branch2.0", in, red3, 1, 1, 0),
                conv(key + ".branch2.1", red3, three, 3, 1, 1)),
            Sequence.of(
                conv(key + ".branch3.0", in, red5, 1, 1, 0),
                conv(key + ".branch3.1", red5, five, 3, 1, 1)),
            Sequence.of(new MaxPool(3, 1, 1, true), conv(key + ".branch4.1", in, pool, 1, 1, 0))));
  }

  private static Op conv(String key, int in, int out, int kernel, int stride, int padding) {
    Fold fold = new Fold(key + ".bn", EPSILON);
    return Sequence.of(new Conv(key + ".conv", in, out, kernel, stride, padding, fold), new Relu());
  }
}
