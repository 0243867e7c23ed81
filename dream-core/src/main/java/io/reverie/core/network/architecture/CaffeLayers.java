package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Named;
import io.reverie.core.network.graph.Op.Sequence;
import io.reverie.core.network.graph.SlidingWindow;
import io.reverie.core.network.graph.Step.Conv;
import io.reverie.core.network.graph.Step.Linear;
import io.reverie.core.network.graph.Step.MaxPool;
import io.reverie.core.network.graph.Step.Relu;
import io.reverie.core.network.graph.operation.ResponseNorm;

/**
 * Layers as Caffe's networks have them. A ReLU works in place there, so that the blob {@code conv1}
 * is what comes after it; users know blobs. A pooling's last window may exceed the input.
 */
final class CaffeLayers {

  private CaffeLayers() {}

  /** Returns a convolution and its ReLU under one name. */
  static Named conv(String name, int in, int out, SlidingWindow window) {
    return conv(name, in, out, window, 1);
  }

  static Named conv(String name, int in, int out, SlidingWindow window, int groups) {
    return new Named(name, Sequence.of(new Conv(name, in, out, window, groups), new Relu()));
  }

  static Op maxPool(String name, int side, int stride, int padding) {
    return new Named(name, new MaxPool(SlidingWindow.square(side, stride, padding), true));
  }

  /** Returns the response norm that Caffe's networks of ImageNet have. */
  static Op responseNorm(String name, int channels) {
    return new Named(name, new ResponseNorm(name, channels, 5, 1e-4, 0.75, 1));
  }

  /** Returns a fully connected layer and its ReLU under one name; its dropout does nothing. */
  static Op connected(String name, int in, int out) {
    return new Named(name, Sequence.of(new Linear(name, in, out), new Relu()));
  }

  /** Returns the fully connected layer of the classes. */
  static Named classes(String name, int in, int out) {
    return new Named(name, new Linear(name, in, out));
  }
}
