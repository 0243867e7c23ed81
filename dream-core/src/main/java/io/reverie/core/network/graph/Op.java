package io.reverie.core.network.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A network as a tree of operations with {@link Step}s as leaves. A {@link GraphEvaluator}
 * evaluates the tree on tensors, shapes or receptive fields.
 */
public sealed interface Op permits Step, Op.Named, Op.Sequence, Op.Branches, Op.Sum, Op.Normed {

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
