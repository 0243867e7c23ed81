package io.reverie.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.terminal.Redaction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What became of one input.
 *
 * @param input as the user named it
 * @param output where the result is, or would be
 * @param status what happened
 * @param frames pictures in the result
 * @param corrupt damaged or missing frames of the input
 * @param seconds of work, over all tasks
 * @param message why it failed; empty otherwise
 * @param warnings what a user should know of a result
 */
public record Outcome(
    String input,
    String output,
    Status status,
    long frames,
    long corrupt,
    double seconds,
    String message,
    List<String> warnings)
    implements Serializable {

  /** Whether it failed by no fault of the user's. */
  @JsonIgnore
  public boolean isBug() {
    return Failure.isBug(message);
  }

  /** How an item ended. */
  public enum Status {
    DREAMED,
    /** A complete result was there. */
    KEPT,
    FAILED,
    /** A dry run. */
    PLANNED
  }

  public Outcome {
    message = Redaction.of(message);
    warnings = warnings.stream().map(Redaction::of).toList();
  }

  /** The same where it is told: names that are signed addresses lose what gives access. */
  public Outcome withoutSecrets() {
    return new Outcome(
        Redaction.of(input), output, status, frames, corrupt, seconds, message, warnings);
  }

  /** The same with one warning more. */
  public Outcome with(String warning) {
    List<String> all = new ArrayList<>(warnings);
    all.add(warning);
    return new Outcome(input, output, status, frames, corrupt, seconds, message, all);
  }

  /**
   * A plan with what was done of it in its places.
   *
   * @param done one for each that is planned, in their order
   */
  public static List<Outcome> merged(List<Outcome> plan, List<Outcome> done) {
    Iterator<Outcome> next = done.iterator();
    return plan.stream().map(o -> o.status() == Status.PLANNED ? next.next() : o).toList();
  }

  public static Outcome planned(String input, String output) {
    return new Outcome(input, output, Status.PLANNED, 1, 0, 0, "", List.of());
  }

  public static Outcome failed(String input, String output, String message) {
    return new Outcome(input, output, Status.FAILED, 0, 0, 0, message, List.of());
  }

  public static Outcome kept(String input, String output) {
    return new Outcome(input, output, Status.KEPT, 0, 0, 0, "", List.of());
  }
}
