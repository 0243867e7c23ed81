package io.reverie.jobs.run;

import io.reverie.jobs.forecast.JobModel;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Adds the forecasts of several jobs, and reports their sum. */
public final class CombinedForecast implements RunListener {

  private final RunListener run;
  private final BinaryOperator<JobModel> plus;
  private Optional<JobModel> sum = Optional.empty();
  private double seconds;

  /**
   * @param plus how the jobs follow one another, or share the executors
   */
  public CombinedForecast(RunListener run, BinaryOperator<JobModel> plus) {
    this.run = run;
    this.plus = plus;
  }

  @Override
  public void notice(String sentence) {
    run.notice(sentence);
  }

  /** Measuring the jobs before delayed this one's start; a run would not. */
  @Override
  public void forecast(JobModel job, double measuring) {
    JobModel next = job.startingEarlier(seconds);
    seconds += measuring;
    sum = Optional.of(sum.map(before -> plus.apply(before, next)).orElse(next));
  }

  public void tell() {
    sum.ifPresent(job -> run.forecast(job, seconds));
  }
}
