package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An output's name decides what it becomes. */
class OutputNamesTest {

  private static final PipelineSpec SPEC = SpecLoader.load(Optional.empty(), List.of()).spec();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.mp4", "a.mov", "a.mkv", "a.webm", "a.avi", "a.ts", "a.gif", "a.webp", "a.apng", "A.MP4"
      })
  void aContainersExtensionIsAVideo(String name) {
    assertThat(of(name)).isInstanceOf(OutputTarget.Video.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%05d.png", "a-%03d.jpg", "%d.webp", "%04d.tif"})
  void aNumberedNameIsStills(String name) {
    assertThat(of(name)).isInstanceOf(OutputTarget.Stills.class);
  }

  @ParameterizedTest
  @CsvSource({
    "%05d.bmp, '.png, .jpg, .webp, .tif or .exr'",
    "a.xyz, xyz",
    "a, a",
  })
  void anyOtherNameIsAMistakeInOneSentence(String name, String part) {
    assertThatThrownBy(() -> of(name))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(part)
        .hasMessageNotContaining("\n");
  }

  private static OutputTarget of(String name) {
    return OutputTarget.of(new Location("/out/" + name), SPEC);
  }
}
