package io.reverie.jobs.sync;

import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.run.RunListener;
import java.util.Optional;

/** Adds the forecasts of jobs that follow one another. */
final class SumOfForecasts implements RunListener {

  private final RunListener run;
  private Optional<JobModel> sum = Optional.empty();
  private double seconds;

  SumOfForecasts(RunListener run) {
    this.run = run;
  }

  @Override
  public void notice(String sentence) {
    run.notice(sentence);
  }

  @Override
  public void forecast(JobModel job, double measuring) {
    seconds += measuring;
    sum = Optional.of(sum.map(before -> before.then(job)).orElse(job));
  }

  void tell() {
    sum.ifPresent(job -> run.forecast(job, seconds));
  }
}
