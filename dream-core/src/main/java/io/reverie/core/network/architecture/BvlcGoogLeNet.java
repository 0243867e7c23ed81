package io.reverie.core.network.architecture;

import static io.reverie.core.network.architecture.CaffeLayers.conv;
import static io.reverie.core.network.architecture.CaffeLayers.maxPool;
import static io.reverie.core.network.architecture.CaffeLayers.responseNorm;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Auxiliary;
import io.reverie.core.network.graph.Op.Branches;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.PaddedWindow;
import io.reverie.core.network.graph.PaddedWindow.Margin;
import io.reverie.core.network.graph.PaddedWindow.Rule;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.Relu;
import io.reverie.core.network.graph.operation.PaddedAveragePool;
import java.util.ArrayList;
import java.util.List;

/**
 * GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842) as BVLC and the Places team trained it in Caffe:
 * biases, response norms and 5x5 kernels where torchvision's has batch norms and 3x3. Caffe's last
 * pooling is a 7x7 mean, all there is of an image of 224 px; here it is the mean of the whole image
 * at any size. Before the fully connected layers of the auxiliary classifiers there are 4x4 cells
 * at 224 px; those of other sizes are pooled to as many.
 */
final class BvlcGoogLeNet {

  private static final SlidingWindow ONE = SlidingWindow.square(1, 1, 0);
  private static final SlidingWindow THREE = SlidingWindow.square(3, 1, 1);

  private static final int POOL = 5;
  private static final int POOL_STRIDE = 3;
  private static final int AUXILIARY_MAPS = 128;
  private static final int BINS = 4;
  private static final int AUXILIARY_HIDDEN = 1024;

  private BvlcGoogLeNet() {}

  static Op of(int classes) {
    List<Op> ops = new ArrayList<>();
    ops.add(conv("conv1/7x7_s2", 3, 64, SlidingWindow.square(7, 2, 3)));
    ops.add(maxPool("pool1/3x3_s2", 3, 2, 0));
    ops.add(responseNorm("pool1/norm1", 64));
    ops.add(conv("conv2/3x3_reduce", 64, 64, ONE));
    ops.add(conv("conv2/3x3", 64, 192, THREE));
    ops.add(responseNorm("conv2/norm2", 192));
    ops.add(maxPool("pool2/3x3_s2", 3, 2, 0));
    int in = modules(ops, 192, "3a", "3b");
    ops.add(maxPool("pool3/3x3_s2", 3, 2, 0));
    in = modules(ops, in, "4a");
    ops.add(auxiliary("loss1", in, classes));
    in = modules(ops, in, "4b", "4c", "4d");
    ops.add(auxiliary("loss2", in, classes));
    in = modules(ops, in, "4e");
    ops.add(maxPool("pool4/3x3_s2", 3, 2, 0));
    in = modules(ops, in, "5a", "5b");
    ops.add(new Named("pool5/7x7_s1", new AdaptivePool(1)));
    ops.add(CaffeLayers.classes("loss3/classifier", in, classes));
    return new Sequence(ops);
  }

  private static Op auxiliary(String name, int in, int classes) {
    PaddedWindow pool = new PaddedWindow(POOL, POOL, POOL_STRIDE, 1, Rule.FIXED, Margin.NONE, true);
    int cells = AUXILIARY_MAPS * BINS * BINS;
    return new Auxiliary(
        List.of(
            new Named(name + "/ave_pool", new PaddedAveragePool(pool, true)),
            conv(name + "/conv", in, AUXILIARY_MAPS, ONE),
            new Named(
                name + "/fc",
                Sequence.of(
                    new AdaptivePool(BINS),
                    new Linear(name + "/fc", cells, AUXILIARY_HIDDEN),
                    new Relu())),
            CaffeLayers.classes(name + "/classifier", AUXILIARY_HIDDEN, classes)));
  }

  /** Adds modules and returns the channels of the last one. */
  private static int modules(List<Op> ops, int in, String... names) {
    int channels = in;
    for (String name : names) {
      InceptionV1 module = InceptionV1.paper(name);
      ops.add(module(channels, module));
      channels = module.channels();
    }
    return channels;
  }

  private static Op module(int in, InceptionV1 m) {
    String key = "inception_" + m.name() + "/";
    return new Named(
        key + "output",
        Branches.of(
            conv(key + "1x1", in, m.one(), ONE),
            Sequence.of(
                conv(key + "3x3_reduce", in, m.reduce3(), ONE),
                conv(key + "3x3", m.reduce3(), m.three(), THREE)),
            Sequence.of(
                conv(key + "5x5_reduce", in, m.reduce5(), ONE),
                conv(key + "5x5", m.reduce5(), m.five(), SlidingWindow.square(5, 1, 2))),
            Sequence.of(
                maxPool(key + "pool", 3, 1, 1), conv(key + "pool_proj", in, m.pool(), ONE))));
  }
}
