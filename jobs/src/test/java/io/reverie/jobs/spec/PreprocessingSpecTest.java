package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.Preprocessing.Order;
import io.reverie.jobs.error.UserException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingSpecTest {

  private static final Preprocessing USUAL =
      new Preprocessing(Order.RGB, 0.5, List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0));

  private static Preprocessing over(String... settings) {
    return SpecLoader.load(Optional.empty(), List.of(settings)).spec().preprocessing().over(USUAL);
  }

  @Test
  void onlyWhatIsSetIsReplaced() {
    assertThat(over()).isEqualTo(USUAL);
    assertThat(over("preprocessing.scale=2"))
        .isEqualTo(new Preprocessing(Order.RGB, 2, USUAL.mean(), USUAL.std()));
    assertThat(over("preprocessing.std=[7, 8, 9]"))
        .isEqualTo(new Preprocessing(Order.RGB, 0.5, USUAL.mean(), List.of(7.0, 8.0, 9.0)));
  }

  @Test
  void meansStayWithTheirColoursInAnotherOrder() {
    assertThat(over("preprocessing.order=bgr", "preprocessing.std=[7, 8, 9]"))
        .isEqualTo(
            new Preprocessing(Order.BGR, 0.5, List.of(3.0, 2.0, 1.0), List.of(7.0, 8.0, 9.0)));
    assertThat(over("preprocessing.order=rgb")).isEqualTo(USUAL);
  }

  @Test
  void theSettingsSurviveYaml() {
    PipelineSpec spec =
        SpecLoader.load(
                Optional.empty(),
                List.of(
                    "preprocessing={order: bgr, scale: 0.25, mean: [1, 2, 3.5], std: [1, 1, 1]}"))
            .spec();
    Overlay yaml = Overlay.ofYaml(SpecLoader.toYaml(spec), "test");
    assertThat(SpecLoader.load(List.of(yaml)).spec()).isEqualTo(spec);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "order=grb | preprocessing.order",
        "scale=0 | expected auto or a positive number",
        "scale=much | expected auto or a positive number",
        "mean=[1, 2] | expected auto or three numbers",
        "mean=[1, 2, x] | expected auto or three numbers",
        "mean=5 | expected auto or three numbers",
        "std=[1, 0, 1] | must be positive",
        "scale=[{time: 0, value: 1}, {time: 1, value: 2}] | preprocessing.scale"
      })
  void whatIsNoPreprocessingIsASentence(String setting, String part) {
    assertThatThrownBy(() -> over("preprocessing." + setting))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part);
  }
}
