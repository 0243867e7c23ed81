package io.reverie.jobs.run;

import io.reverie.jobs.forecast.JobModel;

/** Receives what concerns all inputs of a run together. */
@FunctionalInterface
public interface RunListener {

  /** A message for the user. */
  void notice(String sentence);

  /**
   * Receives the forecast at the end of a dry run.
   *
   * @param seconds that the trials took
   */
  default void forecast(JobModel job, double seconds) {}

  static RunListener none() {
    return sentence -> {};
  }
}
