package io.reverie.jobs.spec.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.video.sound.Band;
import io.reverie.video.sound.Loudness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract of every curve, over six seconds at 25 fps with a drum in the middle. */
class CurveContractTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int SECONDS = 6;

  private static Stream<String> settings() {
    return Stream.of(
        "[{\"time\": 0, \"value\": 3}]",
        "[{\"time\": 0, \"value\": 1}, {\"time\": 2, \"value\": 3}, {\"time\": 4, \"value\": -2}]",
        "[{\"time\": 1, \"value\": 0.5}, {\"time\": 2, \"value\": 2, \"easing\": \"smooth\"}]",
        "[{\"frame\": 0, \"value\": 1}, {\"frame\": 60, \"value\": 9, \"easing\": \"hold\"}]",
        "{\"audio\": \"bass\"}",
        "{\"audio\": \"treble\", \"from\": 4, \"scale\": -3, \"smoothing\": 0}",
        "{\"audio\": \"full\", \"from\": 0.25, \"scale\": 2, \"smoothing\": 1.5}");
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }

  private static Curve curve(String setting) throws IOException {
    return Curve.of("step", json(setting));
  }

  private static Timeline timeline() {
    double[] frames = new double[SECONDS * 25];
    float[] rms = new float[SECONDS * Loudness.RATE];
    Random random = new Random(7);
    for (int i = 0; i < frames.length; i++) {
      frames[i] = i / 25.0;
    }
    for (int i = rms.length / 3; i < rms.length * 2 / 3; i++) {
      rms[i] = random.nextFloat();
    }
    Loudness loud = new Loudness(Map.of(Band.BASS, rms, Band.TREBLE, rms, Band.FULL, rms));
    return new Timeline(0, 1 / 25.0, frames, loud);
  }

  private static double[] values(Curve curve) {
    DoubleUnaryOperator value = curve.over(timeline());
    return DoubleStream.iterate(0, t -> t < SECONDS + 2, t -> t + 0.01).map(value).toArray();
  }

  @Test
  void everyCurveIsCovered() throws IOException {
    List<Class<?>> covered = new ArrayList<>();
    for (String setting : settings().toList()) {
      covered.add(curve(setting).getClass());
    }
    assertThat(covered).contains(Curve.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theExtremesBoundEveryValue(String setting) throws IOException {
    Curve curve = curve(setting);
    double least = curve.points().stream().mapToDouble(Curve.Point::value).min().orElseThrow();
    double most = curve.points().stream().mapToDouble(Curve.Point::value).max().orElseThrow();
    assertThat(values(curve)).isNotEmpty();
    for (double value : values(curve)) {
      assertThat(value).isBetween(least - 1e-9, most + 1e-9);
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theFirstExtremeIsTheValueAtTheStartOfASilentStill(String setting) throws IOException {
    Curve curve = curve(setting);
    assertThat(curve.over(Timeline.NOMINAL).applyAsDouble(0))
        .isCloseTo(curve.points().get(0).value(), within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void whatUsersWriteIsParsedToTheSameCurve(String setting) throws IOException {
    Curve curve = curve(setting);
    Curve again = Curve.of("step", JSON.valueToTree(curve.setting()));
    assertThat(again).isEqualTo(curve);
    assertThat(Curve.isCurve(JSON.valueToTree(curve.setting()))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aSerialisedCurveHasTheSameValues(String setting) throws Exception {
    Curve curve = curve(setting);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(curve);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(values((Curve) in.readObject())).isEqualTo(values(curve));
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void onlyAudioCurvesFollowTheSound(String setting) throws IOException {
    Curve curve = curve(setting);
    boolean changes = !Arrays.equals(values(curve), values(curve, new Loudness(Map.of())));
    assertThat(changes).isEqualTo(curve.followsAudio()).isEqualTo(Curve.isAudio(json(setting)));
  }

  private static double[] values(Curve curve, Loudness loudness) {
    Timeline sounding = timeline();
    DoubleUnaryOperator value =
        curve.over(new Timeline(sounding.first(), sounding.unit(), sounding.frames(), loudness));
    return DoubleStream.iterate(0, t -> t < SECONDS + 2, t -> t + 0.01).map(value).toArray();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anUnknownKeyIsNamed(String setting) {
    String misspelt = setting.replaceFirst("}", ", \"esing\": 1}");
    assertThatThrownBy(() -> curve(misspelt))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("esing");
  }
}
