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
import java.util.function.Consumer;

/** Turns what a dry run has measured into a forecast for the report. */
final class ForecastListener implements RunListener {

  private final Consumer<String> notices;
  private final Cluster here;
  private final ForecastOptions options;
  private Optional<Forecast> forecast = Optional.empty();

  ForecastListener(Consumer<String> notices, Cluster here, ForecastOptions options) {
    this.notices = notices;
    this.here = here;
    this.options = options;
  }

  @Override
  public void notice(String sentence) {
    notices.accept(sentence);
  }

  @Override
  public void forecast(JobModel job, double seconds) {
    List<Integer> executors = new ArrayList<>(options.executors());
    if (options.deadline().isPresent()) {
      Sizing sizing = Sizing.of(job, here, options.deadline().getAsDouble() * 3600);
      sizing.executors().stream().filter(n -> !executors.contains(n)).forEach(executors::add);
      notices.accept(sizing.sentence(here.cores()));
    }
    forecast = Optional.of(Forecast.of(job, here, executors, options.prices(), seconds));
  }

  Optional<Forecast> forecast() {
    return forecast;
  }
}
