package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.forecast.JobModel;
import io.reverie.video.memory.MemoryNeed;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinedForecastTest {

  private final List<JobModel> told = new ArrayList<>();
  private final List<Double> measuring = new ArrayList<>();

  private final RunListener run =
      new RunListener() {
        @Override
        public void notice(String sentence) {
          throw new AssertionError(sentence);
        }

        @Override
        public void forecast(JobModel job, double seconds) {
          told.add(job);
          measuring.add(seconds);
        }
      };

  @Test
  void theRunStartsWithoutTheMeasurementsOfItsForecast() {
    CombinedForecast sum = new CombinedForecast(run, (one, other) -> one.beside(other));
    sum.forecast(job(10), 7);
    sum.forecast(job(17.5), 3);
    sum.forecast(job(20.5), 2);
    sum.tell();
    assertThat(told).hasSize(1).allSatisfy(job -> assertThat(job.start()).isEqualTo(10.5));
    assertThat(told).allSatisfy(job -> assertThat(job.frames()).isEqualTo(3));
    assertThat(measuring).containsExactly(12.0);
  }

  private static JobModel job(double start) {
    return new JobModel(1, 1, start, 1, List.of(List.of(5.0)), MemoryNeed.NOTHING, 0, 1, 0);
  }
}
