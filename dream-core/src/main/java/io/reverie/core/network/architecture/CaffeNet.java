package io.reverie.core.network.architecture;

import static io.reverie.core.network.architecture.CaffeLayers.conv;
import static io.reverie.core.network.architecture.CaffeLayers.maxPool;
import static io.reverie.core.network.architecture.CaffeLayers.responseNorm;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;

/**
 * CaffeNet, BVLC's AlexNet of 2012 (Krizhevsky et al.) with the pooling before the response norm;
 * three of its convolutions are in two groups, as they once were on two GPUs. At the 227 px of its
 * training, pool5 has 6x6 cells; other sizes are pooled to as many, as torchvision's AlexNet does.
 */
final class CaffeNet {

  private static final int BINS = 6;
  private static final int HIDDEN = 4096;

  private CaffeNet() {}

  static Op of(int classes) {
    return Sequence.of(
        conv("conv1", 3, 96, SlidingWindow.square(11, 4, 0)),
        maxPool("pool1", 3, 2, 0),
        responseNorm("norm1", 96),
        conv("conv2", 96, 256, SlidingWindow.square(5, 1, 2), 2),
        maxPool("pool2", 3, 2, 0),
        responseNorm("norm2", 256),
        conv("conv3", 256, 384, SlidingWindow.square(3, 1, 1)),
        conv("conv4", 384, 384, SlidingWindow.square(3, 1, 1), 2),
        conv("conv5", 384, 256, SlidingWindow.square(3, 1, 1), 2),
        maxPool("pool5", 3, 2, 0),
        new Named("pool5/6x6", new AdaptivePool(BINS)),
        CaffeLayers.connected("fc6", 256 * BINS * BINS, HIDDEN),
        CaffeLayers.connected("fc7", HIDDEN, HIDDEN),
        CaffeLayers.classes("fc8", HIDDEN, classes));
  }
}
