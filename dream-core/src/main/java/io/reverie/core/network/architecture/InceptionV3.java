package io.reverie.core.network.architecture;

import static io.reverie.core.network.architecture.GoogLeNet.conv;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Branches;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.AdaptivePool;
import io.reverie.core.network.graph.Step.AveragePool;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;

/**
 * Inception v3 (Szegedy et al. 2015, arXiv:1512.00567) as in torchvision, without the auxiliary
 * head, which only training uses.
 */
final class InceptionV3 {

  private static final Op HALVE = new MaxPool(SlidingWindow.square(3, 2, 0), false);
  private static final Op SMOOTH = new AveragePool(SlidingWindow.square(3, 1, 1));
  private static final SlidingWindow ONE = SlidingWindow.square(1, 1, 0);
  private static final SlidingWindow THREE = SlidingWindow.square(3, 1, 1);
  private static final SlidingWindow THREE_HALVED = SlidingWindow.square(3, 2, 0);

  private InceptionV3() {}

  static Op of(int classes) {
    return Sequence.of(
        conv("Conv2d_1a_3x3", 3, 32, THREE_HALVED),
        conv("Conv2d_2a_3x3", 32, 32, SlidingWindow.square(3, 1, 0)),
        conv("Conv2d_2b_3x3", 32, 64, THREE),
        new Named("maxpool1", HALVE),
        conv("Conv2d_3b_1x1", 64, 80, ONE),
        conv("Conv2d_4a_3x3", 80, 192, SlidingWindow.square(3, 1, 0)),
        new Named("maxpool2", HALVE),
        square("Mixed_5b", 192, 32),
        square("Mixed_5c", 256, 64),
        square("Mixed_5d", 288, 64),
        halved("Mixed_6a", 288),
        long7("Mixed_6b", 128),
        long7("Mixed_6c", 160),
        long7("Mixed_6d", 160),
        long7("Mixed_6e", 192),
        halvedAgain("Mixed_7a"),
        wide("Mixed_7b", 1280),
        wide("Mixed_7c", 2048),
        new Named("avgpool", new AdaptivePool(1)),
        new Named("fc", new Linear("fc", 2048, classes)));
  }

  /** Torchvision's InceptionA. */
  private static Op square(String key, int in, int pool) {
    return new Named(
        key,
        Branches.of(
            conv(key + ".branch1x1", in, 64, ONE),
            Sequence.of(
                conv(key + ".branch5x5_1", in, 48, ONE),
                conv(key + ".branch5x5_2", 48, 64, SlidingWindow.square(5, 1, 2))),
            Sequence.of(
                conv(key + ".branch3x3dbl_1", in, 64, ONE),
                conv(key + ".branch3x3dbl_2", 64, 96, THREE),
                conv(key + ".branch3x3dbl_3", 96, 96, THREE)),
            Sequence.of(SMOOTH, conv(key + ".branch_pool", in, pool, ONE))));
  }

  /** Torchvision's InceptionB. */
  private static Op halved(String key, int in) {
    return new Named(
        key,
        Branches.of(
            conv(key + ".branch3x3", in, 384, THREE_HALVED),
            Sequence.of(
                conv(key + ".branch3x3dbl_1", in, 64, ONE),
                conv(key + ".branch3x3dbl_2", 64, 96, THREE),
                conv(key + ".branch3x3dbl_3", 96, 96, THREE_HALVED)),
            HALVE));
  }

  /** Torchvision's InceptionC: 7x7 kernels factorised into rows and columns. */
  private static Op long7(String key, int width) {
    return new Named(
        key,
        Branches.of(
            conv(key + ".branch1x1", 768, 192, ONE),
            Sequence.of(
                conv(key + ".branch7x7_1", 768, width, ONE),
                conv(key + ".branch7x7_2", width, width, row(7)),
                conv(key + ".branch7x7_3", width, 192, column(7))),
            Sequence.of(
                conv(key + ".branch7x7dbl_1", 768, width, ONE),
                conv(key + ".branch7x7dbl_2", width, width, column(7)),
                conv(key + ".branch7x7dbl_3", width, width, row(7)),
                conv(key + ".branch7x7dbl_4", width, width, column(7)),
                conv(key + ".branch7x7dbl_5", width, 192, row(7))),
            Sequence.of(SMOOTH, conv(key + ".branch_pool", 768, 192, ONE))));
  }

  /** Torchvision's InceptionD. */
  private static Op halvedAgain(String key) {
    return new Named(
        key,
        Branches.of(
            Sequence.of(
                conv(key + ".branch3x3_1", 768, 192, ONE),
                conv(key + ".branch3x3_2", 192, 320, THREE_HALVED)),
            Sequence.of(
                conv(key + ".branch7x7x3_1", 768, 192, ONE),
                conv(key + ".branch7x7x3_2", 192, 192, row(7)),
                conv(key + ".branch7x7x3_3", 192, 192, column(7)),
                conv(key + ".branch7x7x3_4", 192, 192, THREE_HALVED)),
            HALVE));
  }

  /** Torchvision's InceptionE: branches that split again. */
  private static Op wide(String key, int in) {
    return new Named(
        key,
        Branches.of(
            conv(key + ".branch1x1", in, 320, ONE),
            Sequence.of(conv(key + ".branch3x3_1", in, 384, ONE), fork(key + ".branch3x3_2")),
            Sequence.of(
                conv(key + ".branch3x3dbl_1", in, 448, ONE),
                conv(key + ".branch3x3dbl_2", 448, 384, THREE),
                fork(key + ".branch3x3dbl_3")),
            Sequence.of(SMOOTH, conv(key + ".branch_pool", in, 192, ONE))));
  }

  private static Op fork(String key) {
    return Branches.of(conv(key + "a", 384, 384, row(3)), conv(key + "b", 384, 384, column(3)));
  }

  private static SlidingWindow row(int length) {
    return new SlidingWindow(1, length, 1, 0, length / 2);
  }

  private static SlidingWindow column(int length) {
    return new SlidingWindow(length, 1, 1, length / 2, 0);
  }
}
