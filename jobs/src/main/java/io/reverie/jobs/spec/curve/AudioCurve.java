package io.reverie.jobs.spec.curve;

import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.EnumNames;
import io.reverie.video.sound.Band;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;

/**
 * A value that follows the soundtrack: {@code from + scale * level}, where {@link
 * io.reverie.video.sound.Loudness} gives a level from 0 to 1.
 *
 * @param smoothing in seconds, 0 to 60
 */
record AudioCurve(Band band, double from, double scale, double smoothing) implements Curve {

  static final String AUDIO = "audio";
  private static final String FROM = "from";
  private static final String SCALE = "scale";
  private static final String SMOOTHING = "smoothing";
  private static final double LONGEST = 60;

  static AudioCurve of(String key, JsonNode setting) {
    Curve.requireKnown(key, setting, List.of(AUDIO, FROM, SCALE, SMOOTHING));
    double smoothing = number(key, setting, SMOOTHING, 0.1);
    if (!(smoothing >= 0 && smoothing <= LONGEST)) {
      throw UserException.usage(
          "%s: smoothing must be from 0 to 60 seconds, not %s".formatted(key, smoothing));
    }
    return new AudioCurve(
        Curve.choice(key, setting, AUDIO, Band.class),
        number(key, setting, FROM, 0),
        number(key, setting, SCALE, 1),
        smoothing);
  }

  private static double number(String key, JsonNode setting, String name, double otherwise) {
    return setting.has(name) ? Curve.number(key, setting, name) : otherwise;
  }

  @Override
  public DoubleUnaryOperator over(Timeline timeline) {
    DoubleUnaryOperator level = timeline.loudness().level(band, smoothing);
    return seconds -> from + scale * level.applyAsDouble(seconds);
  }

  @Override
  public List<Point> points() {
    return List.of(new Point("in silence", 0, from), new Point("at its loudest", 0, from + scale));
  }

  @Override
  public Map<String, Object> setting() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put(AUDIO, EnumNames.name(band));
    settings.put(FROM, Curve.number(from));
    settings.put(SCALE, Curve.number(scale));
    settings.put(SMOOTHING, Curve.number(smoothing));
    return settings;
  }
}
