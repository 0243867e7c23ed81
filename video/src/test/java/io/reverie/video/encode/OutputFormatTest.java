package io.reverie.video.encode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Colour;
import io.reverie.video.MediaException;
import io.reverie.video.Rational;
import io.reverie.video.SegmentFormat;
import io.reverie.video.Size;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputFormatTest {

  private static final Rational RATE = new Rational(24, 1);

  @Test
  void lossesOfAFormatAreReported() {
    assertThat(format("o.mp4", "h264").losses(frames(160, 90, 8, false))).isEmpty();
    assertThat(format("o.mp4", "h264").losses(frames(161, 91, 10, true)))
        .containsExactly(
            "the source has 10 bits per colour, but this h264 output has 8; --codec av1, prores or ffv1 keeps more",
            "h264 cannot store transparency; it is dropped",
            "h264 needs even sides: 161x91 px become 162x92 px by repeating the last column or row");
    assertThat(format("o.mkv", "ffv1").losses(frames(161, 91, 10, false))).isEmpty();
    assertThat(format("o.webm", "vp9").losses(frames(160, 90, 8, true))).isEmpty();
    assertThat(format("o.mov", "prores").losses(frames(160, 90, 10, true))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "o.xyz, h264, unsupported extension '.xyz'",
    "o.webm, h264, cannot store h264",
    "o.mp4, wmv, unknown codec 'wmv'; choose one of h264",
    "o, h264, unsupported extension"
  })
  void unknownNamesAreReported(String file, String codec, String sentence) {
    assertThatThrownBy(() -> format(file, codec))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void invalidQualitiesAndPixelFormatsAreReported() {
    EncodeOptions quality =
        new EncodeOptions(
            Optional.empty(), OptionalInt.of(99), OptionalLong.empty(), Optional.empty());
    assertThatThrownBy(() -> OutputFormat.of("o.mp4", quality))
        .hasMessage("the quality of h264 must be at most 51, not 99");
    EncodeOptions pixels =
        new EncodeOptions(
            Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Optional.of("rgbx99"));
    assertThatThrownBy(() -> OutputFormat.of("o.mp4", pixels))
        .hasMessageContaining("unknown pixel format 'rgbx99'");
  }

  private static OutputFormat format(String file, String codec) {
    return OutputFormat.of(
        file,
        new EncodeOptions(
            Optional.of(codec), OptionalInt.empty(), OptionalLong.empty(), Optional.empty()));
  }

  private static SegmentFormat frames(int width, int height, int depth, boolean alpha) {
    return new SegmentFormat(
        new Size(width, height), RATE.inverse(), RATE, Colour.UNSPECIFIED, depth, alpha);
  }
}
