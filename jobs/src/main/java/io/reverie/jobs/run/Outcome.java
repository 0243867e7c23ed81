package io.reverie.jobs.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.reverie.jobs.operation.Piece;
import io.reverie.jobs.terminal.Redaction;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How one input was processed.
 *
 * @param input as the user named it
 * @param output location of the result, existing or planned
 * @param frames number of images in the result
 * @param corrupt number of damaged or missing frames in the input
 * @param seconds of work, summed over all tasks
 * @param message why it failed, details of a plan, or how the settings of a kept result differ;
 *     otherwise empty
 * @param warnings for the user about a result
 * @param measured of a dreamed result
 * @param id of the settings; empty if they are those of the whole run
 */
public record Outcome(
    String input,
    String output,
    Status status,
    long frames,
    long corrupt,
    double seconds,
    String message,
    List<String> warnings,
    @JsonIgnore Measured measured,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String id)
    implements Serializable {

  /**
   * The measures of a result; NaN for those that were not taken.
   *
   * @param elapsed seconds from the start of its work to the published result
   * @param strength mean change in grey levels
   * @param flicker warping error beyond the source's, for colours in 0..1
   */
  public record Measured(double elapsed, double strength, double flicker) implements Serializable {
    public static final Measured NOTHING = new Measured(0, Double.NaN, Double.NaN);
  }

  /** Returns whether it failed through a bug in Reverie. */
  @JsonIgnore
  public boolean isBug() {
    return Failure.isBug(message);
  }

  public enum Status {
    DREAMED,
    /** A complete result already existed. */
    KEPT,
    FAILED,
    /** Not processed yet, or a dry run. */
    PLANNED
  }

  public Outcome {
    message = Redaction.of(message);
    warnings = warnings.stream().map(Redaction::of).toList();
  }

  /** Removes credentials from an input that is a signed address. */
  public Outcome withoutSecrets() {
    return new Outcome(
        Redaction.of(input),
        output,
        status,
        frames,
        corrupt,
        seconds,
        message,
        warnings,
        measured,
        id);
  }

  /** Returns a copy that names its settings by their id. */
  public Outcome withId(String own) {
    return new Outcome(
        input, output, status, frames, corrupt, seconds, message, warnings, measured, own);
  }

  /** Returns a copy with one more warning. */
  public Outcome with(String warning) {
    List<String> all = new ArrayList<>(warnings);
    all.add(warning);
    return new Outcome(input, output, status, frames, corrupt, seconds, message, all, measured, id);
  }

  /** Returns a copy with what was measured. */
  public Outcome with(Measured measures) {
    return new Outcome(
        input, output, status, frames, corrupt, seconds, message, warnings, measures, id);
  }

  /** Returns a copy with the number of damaged frames in the input. */
  public Outcome withCorrupt(long damaged) {
    return new Outcome(
        input, output, status, frames, damaged, seconds, message, warnings, measured, id);
  }

  /**
   * Replaces each planned outcome with its final one.
   *
   * @param done one for each planned outcome, in order
   */
  public static List<Outcome> merged(List<Outcome> plan, List<Outcome> done) {
    Iterator<Outcome> next = done.iterator();
    return plan.stream().map(o -> o.status() == Status.PLANNED ? next.next() : o).toList();
  }

  /**
   * An item to process.
   *
   * @param message details of the plan; may be empty
   */
  public static Outcome planned(WorkItem item, long frames, String message) {
    return of(item, Status.PLANNED, frames, 0, message, List.of());
  }

  public static Outcome dreamed(WorkItem item, long frames, double seconds, List<String> warnings) {
    return of(item, Status.DREAMED, frames, seconds, "", warnings);
  }

  /**
   * A result that already existed.
   *
   * @param difference of its settings from those of this run; empty if there is none
   */
  public static Outcome kept(WorkItem item, String difference) {
    return of(item, Status.KEPT, 0, 0, difference, List.of());
  }

  public static Outcome failed(WorkItem item, String message) {
    return failed(item.input(), item.output().text(), message);
  }

  /** An input that could not become an item. */
  public static Outcome failed(String input, String output, String message) {
    return new Outcome(
        input, output, Status.FAILED, 0, 0, 0, message, List.of(), Measured.NOTHING, "");
  }

  private static Outcome of(
      WorkItem item,
      Status status,
      long frames,
      double seconds,
      String message,
      List<String> warnings) {
    return new Outcome(
        item.input(),
        item.output().text(),
        status,
        frames,
        0,
        seconds,
        message,
        warnings,
        Measured.NOTHING,
        "");
  }

  /** How a task's work on the item ended, for logs and metrics. */
  public Piece.End end() {
    return new Piece.End(frames, status == Status.KEPT, status == Status.FAILED ? message : "");
  }

  /** Returns whether a result was kept that was made with other settings. */
  @JsonIgnore
  public boolean isOutdated() {
    return status == Status.KEPT && !message.isEmpty();
  }
}
