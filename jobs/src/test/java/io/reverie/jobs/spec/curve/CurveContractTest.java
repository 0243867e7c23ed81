package io.reverie.jobs.spec.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.curve.Curve.Point;
import io.reverie.video.Rational;
import io.reverie.video.sound.Band;
import io.reverie.video.sound.Loudness;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract of every curve, on the settings that users write. */
class CurveContractTest {

  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Rational RATE = new Rational(25, 1);

  /** The implementations, some twice. */
  enum Kind {
    TIMES("[{time: 1, value: 2}, {time: 00:03, value: -4.5, easing: smooth}]"),
    ONE_TIME("[{time: 5, value: 7}]"),
    FRAMES("[{frame: 0, value: 2, easing: hold}, {frame: 40, value: 3}, {frame: 400, value: 0}]"),
    RISING_AUDIO("{audio: bass, from: 1, scale: 3}"),
    FALLING_AUDIO("{audio: rms, from: 0.5, scale: -0.25, smoothing: 0}");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    private JsonNode setting() {
      try {
        return YAML.readTree(text);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    private Curve curve() {
      return Curve.of("key", setting());
    }
  }

  private static Timeline timeline(Loudness loudness) {
    Timeline steady = Timeline.steady(RATE);
    return new Timeline(steady.first(), steady.unit(), steady.frames(), loudness);
  }

  /** Ten seconds of noise in every band. */
  private static Loudness noise() {
    SplittableRandom random = new SplittableRandom(3);
    Map<Band, float[]> levels = new EnumMap<>(Band.class);
    for (Band band : Band.values()) {
      float[] rms = new float[10 * Loudness.RATE];
      for (int i = 0; i < rms.length; i++) {
        rms[i] = (float) random.nextDouble();
      }
      levels.put(band, rms);
    }
    return new Loudness(levels);
  }

  private static double[] values(DoubleUnaryOperator curve) {
    return DoubleStream.iterate(-2, t -> t < 25, t -> t + 0.013).map(curve).toArray();
  }

  @Test
  void everyCurveIsCovered() {
    assertThat(Stream.of(Kind.values()).<Class<?>>map(kind -> kind.curve().getClass()))
        .contains(Curve.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @EnumSource
  void theSettingIsRecognised(Kind kind) {
    assertThat(Curve.isCurve(kind.setting())).isTrue();
    assertThat(kind.curve().followsAudio()).isEqualTo(Curve.isAudio(kind.setting()));
  }

  @ParameterizedTest
  @EnumSource
  void valuesStayBetweenTheExtremesAndReachThem(Kind kind) {
    double[] extremes = kind.curve().points().stream().mapToDouble(Point::value).toArray();
    double least = DoubleStream.of(extremes).min().orElseThrow();
    double most = DoubleStream.of(extremes).max().orElseThrow();
    double[] loud = values(kind.curve().over(timeline(noise())));
    double[] silent = values(kind.curve().over(timeline(Loudness.NONE)));
    double[] all = DoubleStream.concat(DoubleStream.of(loud), DoubleStream.of(silent)).toArray();
    for (double value : all) {
      assertThat(value).isBetween(least - 1e-12, most + 1e-12);
    }
    double reach = 0.02 * (most - least) + 1e-12;
    assertThat(DoubleStream.of(all).min().orElseThrow()).isCloseTo(least, within(reach));
    assertThat(DoubleStream.of(all).max().orElseThrow()).isCloseTo(most, within(reach));
  }

  @ParameterizedTest
  @EnumSource
  void theFirstExtremeIsTheValueAtTheStartInSilence(Kind kind) {
    double start = kind.curve().over(Timeline.NOMINAL).applyAsDouble(0);
    assertThat(kind.curve().points().get(0).value()).isEqualTo(start);
  }

  @ParameterizedTest
  @EnumSource
  void onlyACurveThatFollowsAudioDependsOnIt(Kind kind) {
    double[] loud = values(kind.curve().over(timeline(noise())));
    double[] silent = values(kind.curve().over(timeline(Loudness.NONE)));
    assertThat(Arrays.equals(loud, silent)).isNotEqualTo(kind.curve().followsAudio());
  }

  @ParameterizedTest
  @EnumSource
  void valuesDoNotDependOnTheOrderOfCalls(Kind kind) {
    DoubleUnaryOperator curve = kind.curve().over(timeline(noise()));
    double[] forwards = DoubleStream.of(0, 1.5, 2, 7).map(curve).toArray();
    double[] backwards = DoubleStream.of(7, 2, 1.5, 0).map(curve).toArray();
    assertThat(forwards).containsExactly(backwards[3], backwards[2], backwards[1], backwards[0]);
  }

  @ParameterizedTest
  @EnumSource
  void theWrittenSettingGivesTheSameCurve(Kind kind) {
    JsonNode written = new ObjectMapper().valueToTree(kind.curve().setting());
    assertThat(Curve.of("key", written)).isEqualTo(kind.curve());
  }

  @ParameterizedTest
  @EnumSource
  void tasksReceiveAnEqualCurve(Kind kind) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(kind.curve());
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(kind.curve());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anUnknownKeyIsRejectedWithTheKnownOnes(Kind kind) {
    JsonNode setting = kind.setting();
    ObjectNode settings = (ObjectNode) (setting.isArray() ? setting.get(0) : setting);
    List<String> known = settings.properties().stream().map(Map.Entry::getKey).toList();
    settings.put("speed", 1);
    assertThatThrownBy(() -> Curve.of("some.key", setting))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("some.key")
        .hasMessageContaining("unknown key 'speed'")
        .hasMessageContainingAll(known.toArray(CharSequence[]::new));
  }
}
