package io.reverie.jobs.cli;

import io.reverie.jobs.cli.option.ForecastOptions;
import io.reverie.jobs.forecast.Cluster;
import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.Sizing;
import io.reverie.jobs.run.RunListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what a dry run has measured into a forecast for the report. */
final class ForecastListener implements RunListener {

  private final Console console;
  private final Cluster here;
  private final ForecastOptions options;
  private Optional<Forecast> forecast = Optional.empty();

  ForecastListener(Console console, Cluster here, ForecastOptions options) {
    this.console = console;
    this.here = here;
    this.options = options;
  }

  @Override
  public void notice(String sentence) {
    console.notice(sentence);
  }

  @Override
  public void forecast(JobModel job, double seconds) {
    List<Integer> executors = new ArrayList<>(options.executors());
    if (options.deadline().isPresent()) {
      Sizing sizing = Sizing.of(job, here, options.deadline().getAsDouble() * 3600);
      sizing.executors().stream().filter(n -> !executors.contains(n)).forEach(executors::add);
      console.notice(sizing.sentence(here.cores()));
    }
    forecast = Optional.of(Forecast.of(job, here, executors, options.prices(), seconds));
  }

  Optional<Forecast> forecast() {
    return forecast;
  }
}
