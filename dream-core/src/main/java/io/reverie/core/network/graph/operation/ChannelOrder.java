package io.reverie.core.network.graph.operation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import java.util.List;

/**
 * Another order of the channels, as ShuffleNet (arXiv:1707.01083) mixes its groups: the number of a
 * channel is read as digits of a mixed radix, which are then put in another order.
 *
 * @param sizes radix of each digit, the most significant first; their product is the number of
 *     channels
 * @param order the digits' numbers in the new order
 */
public record ChannelOrder(List<Integer> sizes, List<Integer> order) implements Step {

  public ChannelOrder {
    sizes = List.copyOf(sizes);
    order = List.copyOf(order);
  }

  @Override
  public Shape shape(Shape s) {
    return s;
  }

  @Override
  public NDArray forward(NDArray x, Parameters p) {
    Shape s = x.getShape();
    int digits = sizes.size();
    long[] apart = new long[digits + 3];
    int[] permutation = new int[digits + 3];
    apart[0] = s.get(0);
    for (int i = 0; i < digits; i++) {
      apart[i + 1] = sizes.get(i);
      permutation[i + 1] = order.get(i) + 1;
    }
    apart[digits + 1] = s.get(2);
    apart[digits + 2] = s.get(3);
    permutation[digits + 1] = digits + 1;
    permutation[digits + 2] = digits + 2;
    return x.reshape(new Shape(apart)).transpose(permutation).reshape(s);
  }
}
