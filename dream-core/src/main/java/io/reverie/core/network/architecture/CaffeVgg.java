package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import java.util.ArrayList;
import java.util.List;

/**
 * VGG (Simonyan and Zisserman 2014, arXiv:1409.1556) as its authors trained it in Caffe, with their
 * names: {@code conv4_2} is after its ReLU. At 224 px pool5 has 7x7 cells; other sizes are pooled
 * to as many, as torchvision's VGG does.
 */
final class CaffeVgg {

  private static final int BINS = 7;
  private static final int HIDDEN = 4096;

  private CaffeVgg() {}

  static Op vgg16(int classes) {
    return network(classes, 2, 2, 3, 3, 3);
  }

  static Op vgg19(int classes) {
    return network(classes, 2, 2, 4, 4, 4);
  }

  /** Builds a network of five blocks with the given numbers of convolutions. */
  private static Op network(int classes, int... convolutions) {
    List<Op> ops = new ArrayList<>();
    int in = 3;
    for (int block = 1; block <= convolutions.length; block++) {
      int out = Math.min(32 << block, 512);
      for (int i = 1; i <= convolutions[block - 1]; i++) {
        String name = "conv%d_%d".formatted(block, i);
        ops.add(CaffeLayers.conv(name, in, out, SlidingWindow.square(3, 1, 1)));
        in = out;
      }
      ops.add(CaffeLayers.maxPool("pool" + block, 2, 2, 0));
    }
    ops.add(new Named("pool5/7x7", new AdaptivePool(BINS)));
    ops.add(CaffeLayers.connected("fc6", in * BINS * BINS, HIDDEN));
    ops.add(CaffeLayers.connected("fc7", HIDDEN, HIDDEN));
    ops.add(CaffeLayers.classes("fc8", HIDDEN, classes));
    return new Sequence(ops);
  }
}
