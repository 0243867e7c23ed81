package io.reverie.jobs;

import java.io.Serializable;

/**
 * Hears of every item as it ends, in the task that ended it, so that a dying driver loses nothing.
 */
public interface Journal extends Serializable {

  /**
   * An item has ended.
   *
   * @param input as the job was given it
   */
  void ended(String input, Outcome outcome);

  /** Writes nothing down. */
  static Journal none() {
    return (input, outcome) -> {};
  }
}
