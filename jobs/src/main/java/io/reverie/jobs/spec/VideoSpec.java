package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.CutRule;
import io.reverie.jobs.spec.rule.FrameRate;
import io.reverie.jobs.spec.rule.InbetweenRule;
import io.reverie.jobs.spec.rule.TimeRule;
import io.reverie.temporal.carry.Effort;
import io.reverie.temporal.carry.ShotSettings;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.video.Rational;
import io.reverie.video.encode.EncodeOptions;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys {@code video.*} of {@code reference.yaml}. */
public record VideoSpec(
    TimeRule start,
    TimeRule end,
    String fps,
    TemporalMode temporal,
    double persistence,
    Effort effort,
    InbetweenRule inbetween,
    double blend,
    FlowSpec flow,
    CutRule cuts,
    int segment,
    int overlap,
    int chunk,
    String codec,
    String quality,
    String bitrate,
    String pixelFormat)
    implements Serializable {

  private static final Pattern BITRATE = Pattern.compile("(\\d+(?:\\.\\d+)?)([kKmM]?)");

  public VideoSpec {
    require(
        persistence >= 0 && persistence < 1,
        "video.persistence must be from 0 to below 1, not " + persistence);
    require(blend > 0 && blend <= 1, "video.blend must be above 0 and at most 1, not " + blend);
    require(
        start.seconds().isEmpty()
            || end.seconds().isEmpty()
            || start.seconds().getAsDouble() < end.seconds().getAsDouble(),
        "the end %s is not after the start %s; check --start and --end"
            .formatted(end.text(), start.text()));
    require(overlap >= 0, "video.overlap must be 0 or more frames, not " + overlap);
    require(
        segment > 3 * overlap + 1,
        "video.segment must be at least %d frames with an overlap of %d, not %d"
            .formatted(3 * overlap + 2, overlap, segment));
    require(chunk >= 1, "video.chunk must be at least 1 frame, not " + chunk);
    if (!quality.equals("auto") && !quality.matches("\\d{1,3}")) {
      throw UserException.usage(
          "invalid video.quality '" + quality + "'; expected auto or a whole number");
    }
    if (!bitrate.equals("auto") && !BITRATE.matcher(bitrate).matches()) {
      throw UserException.usage(
          "invalid video.bitrate '" + bitrate + "'; expected a rate such as 8M or 500k");
    }
    if (!fps.equals("auto")) {
      FrameRate.of("video.fps", fps);
    }
  }

  private static void require(boolean holds, String sentence) {
    if (!holds) {
      throw UserException.usage(sentence);
    }
  }

  VideoSpec withDefaultEncoding() {
    VideoSpec spec = this;
    for (String key : List.of("codec", "quality", "bitrate", "pixelFormat")) {
      spec = SpecPath.with(spec, key, "auto");
    }
    return spec;
  }

  @JsonIgnore
  public ShotSettings shot() {
    return new ShotSettings(temporal, effort, flow.settings(), inbetween.interval(effort));
  }

  /** Frames that neighbouring segments share; 0 where frames are independent. */
  @JsonIgnore
  public int overlapFrames() {
    return temporal == TemporalMode.NONE ? 0 : overlap;
  }

  @JsonIgnore
  public Optional<String> codecName() {
    return codec.equals("auto") ? Optional.empty() : Optional.of(codec);
  }

  @JsonIgnore
  public Optional<String> pixelFormatName() {
    return pixelFormat.equals("auto") ? Optional.empty() : Optional.of(pixelFormat);
  }

  @JsonIgnore
  public OptionalInt qualityNumber() {
    return quality.equals("auto") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(quality));
  }

  /** Bits per second. */
  @JsonIgnore
  public OptionalLong bitsPerSecond() {
    Matcher parts = BITRATE.matcher(bitrate);
    if (!parts.matches()) {
      return OptionalLong.empty();
    }
    double unit =
        switch (parts.group(2)) {
          case "k", "K" -> 1e3;
          case "m", "M" -> 1e6;
          default -> 1;
        };
    return OptionalLong.of(Math.round(Double.parseDouble(parts.group(1)) * unit));
  }

  /** Frames per second of numbered frames. */
  @JsonIgnore
  public Optional<Rational> rate() {
    return fps.equals("auto") ? Optional.empty() : Optional.of(FrameRate.of("video.fps", fps));
  }

  @JsonIgnore
  public EncodeOptions encodeOptions() {
    return new EncodeOptions(codecName(), qualityNumber(), bitsPerSecond(), pixelFormatName());
  }
}
