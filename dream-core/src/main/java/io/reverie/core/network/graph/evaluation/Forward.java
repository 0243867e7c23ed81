package io.reverie.core.network.graph.evaluation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import io.reverie.core.network.graph.GraphEvaluator;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Parameters;
import io.reverie.core.network.graph.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Computes the requested layers and stops after the last of them. */
public final class Forward implements GraphEvaluator<NDArray> {

  private final Parameters parameters;
  private final Set<String> wanted;
  private final Map<String, NDArray> found = new HashMap<>();

  /** Replaces the output of the adaptive pooling; nothing before it is computed. */
  private final Optional<NDArray> pooled;

  private boolean running;

  private Forward(Parameters parameters, Set<String> wanted, Optional<NDArray> pooled) {
    this.parameters = parameters;
    this.wanted = wanted;
    this.pooled = pooled;
    this.running = pooled.isEmpty() && !wanted.isEmpty();
  }

  public static Map<String, NDArray> of(
      Op op, NDArray x, Parameters parameters, Set<String> wanted) {
    Forward evaluator = new Forward(parameters, wanted, Optional.empty());
    op.run(x, evaluator);
    return evaluator.found;
  }

  public static Map<String, NDArray> ofHead(
      Op op, NDArray pooled, Parameters parameters, Set<String> wanted) {
    Forward evaluator = new Forward(parameters, wanted, Optional.of(pooled));
    op.run(pooled, evaluator);
    return evaluator.found;
  }

  @Override
  public NDArray step(Step step, NDArray x) {
    if (pooled.isPresent() && step instanceof Step.AdaptivePool) {
      running = !wanted.isEmpty();
      return pooled.get();
    }
    return running ? step.forward(x, parameters) : x;
  }

  @Override
  public NDArray concat(List<NDArray> parts) {
    return running ? NDArrays.concat(new NDList(parts), 1) : parts.get(0);
  }

  @Override
  public NDArray sum(NDArray a, NDArray b) {
    return running ? a.add(b) : a;
  }

  @Override
  public NDArray join(Join how, List<NDArray> parts) {
    return running ? how.of(parts) : parts.get(0);
  }

  @Override
  public NDArray layer(String name, NDArray value) {
    if (running && wanted.contains(name)) {
      found.put(name, value);
      running = found.size() < wanted.size();
    }
    return value;
  }

  /** Nothing is computed that is not wanted; what is pooled there is not the network's own. */
  @Override
  public void auxiliary(Op.Auxiliary head, NDArray x) {
    if (running
        && pooled.isEmpty()
        && head.layers().stream().anyMatch(layer -> wanted.contains(layer.name()))) {
      head.runLayers(x, this);
    }
  }

  @Override
  public void sideOutput(String name, Supplier<NDArray> value) {
    if (wanted.contains(name)) {
      layer(name, value.get());
    }
  }
}
