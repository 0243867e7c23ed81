package io.reverie.video.sound;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.VideoIndex;
import io.reverie.video.sound.SoundReader.Block;
import java.io.Serializable;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Loudness of the frequency bands of a video's main audio track over time.
 *
 * @param rms root mean square per band and {@code 1 / RATE} seconds, from the time of the first
 *     frame; 0 without sound
 */
public record Loudness(Map<Band, float[]> rms) implements Serializable {

  /** Values per second. */
  public static final int RATE = 50;

  /** Loudness of a video without sound, or of one whose sound is not used. */
  public static final Loudness NONE = new Loudness(Map.of());

  private static final int SAMPLES = 48_000;
  private static final int WINDOW = SAMPLES / RATE;

  /** Two second-order filters in series halve the amplitude at the edge (Linkwitz-Riley). */
  private static final String LOW = "lowpass=f=%d,lowpass=f=%1$d";

  private static final String HIGH = "highpass=f=%d,highpass=f=%1$d";
  private static final int BASS_END = 250;
  private static final int TREBLE_BEGIN = 4000;

  /** Filters that produce one channel per band, in the order of the enum. */
  private static final String BANDS =
      "aformat=sample_fmts=fltp:channel_layouts=mono,asplit=4[a][b][c][all];"
          + "[a]%s[bass];".formatted(LOW.formatted(BASS_END))
          + "[b]%s,%s[mid];".formatted(HIGH.formatted(BASS_END), LOW.formatted(TREBLE_BEGIN))
          + "[c]%s[treble];".formatted(HIGH.formatted(TREBLE_BEGIN))
          + "[bass][mid][treble][all]amerge=inputs=4";

  /** Crosstalk between bands, relative to the loudest level, is below this. */
  private static final double AUDIBLE = 1e-3;

  /** Truncation of the Gaussian in standard deviations. */
  private static final double REACH = 4;

  public Loudness {
    rms = Map.copyOf(rms);
  }

  /**
   * Measures a video.
   *
   * @param index index of the frames, which determine start and end
   * @return empty if it has no sound
   * @throws MediaException if the file or its sound cannot be read
   */
  public static Optional<Loudness> of(MediaSource media, VideoIndex index) {
    Optional<SoundReader> sound = SoundReader.open(media, SAMPLES, BANDS);
    if (sound.isEmpty()) {
      return Optional.empty();
    }
    double begin = index.times()[0] * index.timeBase().toDouble();
    int windows = (int) Math.ceil(index.seconds() * RATE) + 1;
    try (SoundReader reader = sound.get()) {
      return Optional.of(measured(reader, Math.round(begin * SAMPLES), windows));
    }
  }

  private static Loudness measured(SoundReader reader, long begin, int windows) {
    int bands = Band.values().length;
    double[][] squares = new double[bands][windows];
    for (Optional<Block> b = reader.next(); b.isPresent(); b = reader.next()) {
      float[] values = b.get().values();
      for (int i = 0; i < values.length / bands; i++) {
        long window = Math.floorDiv(b.get().first() - begin + i, (long) WINDOW);
        if (window >= 0 && window < windows) {
          for (int band = 0; band < bands; band++) {
            double value = values[i * bands + band];
            squares[band][(int) window] += value * value;
          }
        }
      }
    }
    Map<Band, float[]> rms = new EnumMap<>(Band.class);
    for (Band band : Band.values()) {
      rms.put(band, new float[windows]);
    }
    int channel = 0;
    for (float[] levels : rms.values()) {
      for (int window = 0; window < windows; window++) {
        levels[window] = (float) Math.sqrt(squares[channel][window] / WINDOW);
      }
      channel++;
    }
    return new Loudness(rms);
  }

  /**
   * Returns the loudness of a band from 0 (silence) to 1 (its maximum). A band that stays more than
   * 60 dB below the track's maximum counts as nearly silent.
   *
   * @param smoothing standard deviation in seconds of a Gaussian; it is symmetric and adds no delay
   * @return a function of the seconds since the first frame
   */
  public DoubleUnaryOperator level(Band band, double smoothing) {
    double[] smooth = smoothed(band, smoothing * RATE);
    double audible = AUDIBLE * loudest(smoothed(Band.FULL, smoothing * RATE));
    double unit = Math.max(audible, loudest(smooth));
    return seconds -> unit == 0 ? 0 : at(smooth, seconds * RATE - 0.5) / unit;
  }

  /** Returns whether the track is completely silent. */
  public boolean isSilent() {
    return loudest(smoothed(Band.FULL, 0)) == 0;
  }

  private static double loudest(double[] levels) {
    double loudest = 0;
    for (double level : levels) {
      loudest = Math.max(loudest, level);
    }
    return loudest;
  }

  /** Interpolates between the centres of windows and holds the first and last value. */
  private static double at(double[] levels, double position) {
    double inside = Math.max(0, Math.min(levels.length - 1.0, position));
    int before = (int) inside;
    int after = Math.min(levels.length - 1, before + 1);
    return levels[before] + (inside - before) * (levels[after] - levels[before]);
  }

  private double[] smoothed(Band band, double sigma) {
    float[] levels = rms.getOrDefault(band, new float[0]);
    int reach = (int) Math.ceil(REACH * sigma);
    double[] weights = new double[reach + 1];
    for (int d = 0; d <= reach; d++) {
      weights[d] = d == 0 ? 1 : Math.exp(-0.5 * (d / sigma) * (d / sigma));
    }
    double[] smooth = new double[levels.length];
    for (int i = 0; i < smooth.length; i++) {
      double sum = 0;
      double weight = 0;
      int end = Math.min(levels.length - 1, i + reach);
      for (int j = Math.max(0, i - reach); j <= end; j++) {
        sum += weights[Math.abs(j - i)] * levels[j];
        weight += weights[Math.abs(j - i)];
      }
      smooth[i] = sum / weight;
    }
    return smooth;
  }
}
