package io.reverie.jobs.run;

import io.reverie.jobs.memory.MemoryGate;
import io.reverie.video.memory.MemoryNeed;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a trial, which measures in a Spark task what a part of the work costs.
 *
 * @param cost empty if the part cannot be dreamed
 * @param failure why not
 */
public record TrialResult<C extends Serializable>(List<C> cost, String failure)
    implements Serializable {

  public TrialResult {
    cost = List.copyOf(cost);
  }

  /**
   * Runs a trial as soon as enough memory is free.
   *
   * @param need computed first; it may fail as the trial may
   */
  public static <C extends Serializable> TrialResult<C> of(
      MemoryGate.Work<MemoryNeed> need, MemoryGate.Work<C> trial) {
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return new TrialResult<>(List.of(), fatal.get());
    }
    try {
      return new TrialResult<>(List.of(MemoryGate.forThisProcess().during(need.run(), trial)), "");
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new TrialResult<>(List.of(), Failure.of(e));
    }
  }

  /**
   * Collects the costs of the trials of one input. If all of them have failed, the user is told
   * why.
   *
   * @return empty if all have failed
   */
  public static <C extends Serializable> List<C> costs(
      List<TrialResult<C>> results, String input, RunListener listener) {
    List<C> costs = results.stream().flatMap(result -> result.cost.stream()).toList();
    if (costs.isEmpty()) {
      listener.notice("no forecast from %s: %s".formatted(input, results.get(0).failure));
    }
    return costs;
  }
}
