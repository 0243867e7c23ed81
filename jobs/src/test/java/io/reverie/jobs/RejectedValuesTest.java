package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.forecast.Forecast;
import io.reverie.jobs.forecast.Pace;
import io.reverie.jobs.forecast.StillCost;
import io.reverie.jobs.kept.KeptSize;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.PictureBytes;
import io.reverie.jobs.report.Film;
import io.reverie.jobs.report.FilmPlan.FilmShot;
import io.reverie.jobs.run.ItemWork;
import io.reverie.jobs.storage.Location;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Records do not accept values that no job has. */
class RejectedValuesTest {

  private static Arguments made(String sentence, Supplier<Record> record) {
    return Arguments.of(sentence, record);
  }

  static Stream<Arguments> values() {
    return Stream.of(
        made(
            "a job cannot have -1 frames, 2 segments and 0 requests",
            () -> new Forecast(-1, 2, List.of(), 0, 0, 0, 0, 0, 0)),
        made(
            "2 executors cannot have 1 cores, 1 tasks at once and 3.0 s",
            () -> new Forecast.Estimate(true, 2, 1, 1, 3, 0, 0, 0)),
        made(
            "1.0 lone frames cannot take NaN s, nor 0.0 carried ones 0.0 s",
            () -> new Pace.Taken(1, Double.NaN, 0, 0)),
        made(
            "a still cannot take -1.0 s to load, 1.0 s for its steps, 1.0 s besides and 1.0 bytes",
            () -> new StillCost(new StillCost.StillSize(1, 1), -1, 1, 1, 1)),
        made("1 dreams cannot take -1 bytes", () -> new KeptSize(1, -1, new Location("/dreams"))),
        made("a film cannot have 0 x 9 px and 1.0 s", () -> new Film(new byte[0], 0, 9, 1, true)),
        made("a shot cannot have 0 frames from frame 5", () -> new FilmShot(1, 5, 0, 0)),
        made("a result cannot have -2 frames", () -> new ItemWork.Result(-2, List.of())),
        made(
            "a picture cannot have 4 x 0 px",
            () -> new Html.Picture(new PictureBytes("image/png", new byte[0]), 4, 0, "")));
  }

  @ParameterizedTest
  @MethodSource("values")
  void wrongValuesAreNamed(String sentence, Supplier<Record> record) {
    assertThatThrownBy(record::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(sentence);
  }
}
