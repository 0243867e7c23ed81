package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.spec.rule.InbetweenRule;
import java.util.List;
import java.util.Optional;

/**
 * A request to measure every network at every size and precision, on one thread.
 *
 * @param weights of the network, if there is one network; empty for its own
 * @param rounds repetitions of each measurement, at least 1
 * @param clip a video to dream in each case
 * @param inbetweens to dream it with
 * @param seconds of the clip to dream
 * @param torch whether to measure python3-torch as well
 */
public record BenchRequest(
    List<String> networks,
    Optional<String> weights,
    List<Size> sizes,
    List<Precision> precisions,
    int rounds,
    Optional<String> clip,
    List<InbetweenRule> inbetweens,
    double seconds,
    boolean torch) {

  public BenchRequest {
    networks = List.copyOf(networks);
    sizes = List.copyOf(sizes);
    precisions = List.copyOf(precisions);
    inbetweens = List.copyOf(inbetweens);
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds must be at least 1, not " + rounds);
    }
    if (!(seconds > 0)) {
      throw new IllegalArgumentException("seconds must be above 0, not " + seconds);
    }
  }
}
