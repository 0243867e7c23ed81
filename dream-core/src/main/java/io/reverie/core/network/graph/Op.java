package io.reverie.core.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network as a tree of operations with {@link Step}s as leaves. A {@link GraphEvaluator}
 * evaluates the tree on tensors, shapes or receptive fields.
 */
public sealed interface Op
    permits Step, Op.Named, Op.Sequence, Op.Branches, Op.Sum, Op.Normed, Op.Auxiliary, Op.Graph {

  <T> T run(T x, GraphEvaluator<T> evaluator);

  /** Visits every step of this subtree in the network's order. */
  void forEachStep(Consumer<Step> action);

  /** A named layer: the output of its operation. */
  record Named(String name, Op op) implements Op {
    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      return evaluator.layer(name, op.run(x, evaluator));
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      op.forEachStep(action);
    }
  }

  /** Operations in series. */
  record Sequence(List<Op> ops) implements Op {

    public Sequence {
      ops = List.copyOf(ops);
    }

    public static Sequence of(Op... ops) {
      return new Sequence(List.of(ops));
    }

    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      for (Op op : ops) {
        x = op.run(x, evaluator);
      }
      return x;
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      ops.forEach(op -> op.forEachStep(action));
    }
  }

  /** Parallel branches of one input, concatenated along channels. */
  record Branches(List<Op> ops) implements Op {

    public Branches {
      ops = List.copyOf(ops);
    }

    public static Branches of(Op... ops) {
      return new Branches(List.of(ops));
    }

    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      List<T> outs = new ArrayList<>();
      ops.forEach(op -> outs.add(op.run(x, evaluator)));
      return evaluator.concat(outs);
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      ops.forEach(op -> op.forEachStep(action));
    }
  }

  /** A residual block: the sum of its two branches. */
  record Sum(Op residual, Op shortcut) implements Op {
    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      T y = residual.run(x, evaluator);
      return evaluator.sum(y, shortcut.run(x, evaluator));
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      residual.forEachStep(action);
      shortcut.forEachStep(action);
    }
  }

  /** Operations whose results may be used several times, in topological order. */
  record Graph(List<Node> nodes) implements Op {

    /** The number of the graph's own input among the inputs of a node. */
    public static final int INPUT = -1;

    /**
     * An operation on earlier results.
     *
     * @param join combines several inputs; a single input is used as it is
     * @param inputs numbers of earlier nodes, or {@link #INPUT}; at least one
     */
    public record Node(Op op, Join join, List<Integer> inputs) {

      public Node {
        inputs = List.copyOf(inputs);
      }
    }

    public Graph {
      nodes = List.copyOf(nodes);
      for (int i = 0; i < nodes.size(); i++) {
        int number = i;
        List<Integer> inputs = nodes.get(i).inputs();
        if (inputs.isEmpty() || inputs.stream().anyMatch(n -> n < INPUT || n >= number)) {
          throw new IllegalArgumentException("node %d uses %s".formatted(i, inputs));
        }
      }
    }

    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      List<T> results = new ArrayList<>();
      T last = x;
      for (Node node : nodes) {
        List<T> inputs = node.inputs().stream().map(n -> n == INPUT ? x : results.get(n)).toList();
        T input = inputs.size() == 1 ? inputs.get(0) : evaluator.join(node.join(), inputs);
        last = node.op().run(input, evaluator);
        results.add(last);
      }
      return last;
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      nodes.forEach(node -> node.op().forEachStep(action));
    }
  }

  /**
   * An auxiliary classifier, which training needs and weights may lack: what follows goes on from
   * its input.
   *
   * @param layers in series, the classes last; at least one
   */
  record Auxiliary(List<Named> layers) implements Op {

    public Auxiliary {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("an auxiliary classifier needs a layer");
      }
    }

    /** Returns the name of the layer of the classes. */
    public String classifier() {
      return layers.get(layers.size() - 1).name();
    }

    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      evaluator.auxiliary(this, x);
      return x;
    }

    /** Computes the layers. */
    public <T> void runLayers(T x, GraphEvaluator<T> evaluator) {
      T value = x;
      for (Named layer : layers) {
        value = layer.run(value, evaluator);
      }
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      layers.forEach(layer -> layer.forEachStep(action));
    }
  }

  /** A convolution and its batch norm: two layers computed as one. */
  record Normed(Step.NormedConv conv) implements Op {
    @Override
    public <T> T run(T x, GraphEvaluator<T> evaluator) {
      evaluator.sideOutput(conv.key(), () -> evaluator.step(new Step.RawConv(conv), x));
      return evaluator.layer(conv.norm(), evaluator.step(conv, x));
    }

    @Override
    public void forEachStep(Consumer<Step> action) {
      action.accept(conv);
    }
  }
}
