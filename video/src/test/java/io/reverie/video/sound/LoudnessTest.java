package io.reverie.video.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaSource;
import io.reverie.video.decode.VideoFile;
import java.nio.file.Path;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoudnessTest {

  private static final String PICTURES = "-f lavfi -i testsrc=size=32x32:rate=10:duration=3 ";

  /** Tones of amplitude 0.5 at 100 Hz, 1 kHz and 8 kHz, one second each. */
  private static final String TONES =
      "-f lavfi -i aevalsrc=0.5*sin(2*PI*t*(100*lt(t\\,1)+1000*between(t\\,1\\,2)+8000*gt(t\\,2))):d=3 ";

  private static final List<Band> OWN = List.of(Band.BASS, Band.MID, Band.TREBLE);

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "tones.mkv, -c:a pcm_s16le -ar 44100",
    "tones.mp4, -c:a aac -b:a 192k -ar 48000",
    "tones.mov, -c:a pcm_s16le -ar 22050 -ac 2"
  })
  void eachBandDetectsItsTone(String name, String codec) {
    Loudness loudness = of(name, PICTURES + TONES + "-c:v mpeg4 " + codec);
    for (int tone = 0; tone < 3; tone++) {
      double middle = tone + 0.5;
      for (Band band : Band.values()) {
        double level = loudness.level(band, 0.02).applyAsDouble(middle);
        boolean own = band == Band.FULL || band == OWN.get(tone);
        assertThat(level).as("%s at %s s", band, middle).isBetween(own ? 0.9 : 0, own ? 1 : 0.1);
      }
    }
  }

  @Test
  void filtersAreOfFourthOrderAndValuesAreRootMeanSquares() {
    Loudness loudness = of("tones.mkv", PICTURES + TONES + "-c:v mpeg4 -c:a pcm_s16le -ar 48000");
    double rms = 0.5 / Math.sqrt(2);
    double ratio = Math.pow(100 / 250.0, 4);
    assertThat((double) loudness.rms().get(Band.FULL)[25]).isCloseTo(rms, within(0.002));
    assertThat((double) loudness.rms().get(Band.BASS)[25])
        .isCloseTo(rms / (1 + ratio), within(0.002));
    assertThat((double) loudness.rms().get(Band.MID)[25])
        .isCloseTo(rms * ratio / (1 + ratio), within(0.001));
  }

  @Test
  void smoothingIsASymmetricGaussian() {
    String click = "-f lavfi -i aevalsrc=0.5*sin(2*PI*1000*t)*between(t\\,1.5\\,1.52):d=3 ";
    Loudness loudness = of("click.mkv", PICTURES + click + "-c:v mpeg4 -c:a pcm_s16le -ar 48000");
    DoubleUnaryOperator level = loudness.level(Band.FULL, 0.2);
    for (double away = 0; away <= 0.6; away += 0.1) {
      double gaussian = Math.exp(-0.5 * (away / 0.2) * (away / 0.2));
      assertThat(level.applyAsDouble(1.51 + away)).isCloseTo(gaussian, within(0.01));
      assertThat(level.applyAsDouble(1.51 - away)).isCloseTo(gaussian, within(0.01));
    }
  }

  @Test
  void audioThatStartsLateIsMeasuredAtItsTime() {
    String late = "-itsoffset 1.5 -f lavfi -i aevalsrc=0.5*sin(2*PI*1000*t):d=1 ";
    Loudness loudness = of("late.mkv", PICTURES + late + "-c:v mpeg4 -c:a pcm_s16le");
    DoubleUnaryOperator level = loudness.level(Band.MID, 0);
    assertThat(level.applyAsDouble(1.45)).isLessThan(0.05);
    assertThat(level.applyAsDouble(1.55)).isGreaterThan(0.95);
    assertThat(level.applyAsDouble(2.45)).isGreaterThan(0.95);
    assertThat(level.applyAsDouble(2.55)).isLessThan(0.05);
  }

  @Test
  void timeStartsAtTheFirstFrame() {
    FfmpegCli.ffmpeg(
        folder,
        "-itsoffset 1 %s %s -map 0:v -map 1:a -c:v mpeg4 -c:a pcm_s16le late.mkv"
            .formatted(PICTURES.strip(), TONES.strip()));
    VideoFile file = new VideoFile(MediaSource.of(folder.resolve("late.mkv")));
    Loudness loudness = Loudness.of(file.media(), file.index()).orElseThrow();
    assertThat(loudness.level(Band.MID, 0).applyAsDouble(0.5)).isGreaterThan(0.95);
    assertThat(loudness.level(Band.TREBLE, 0).applyAsDouble(1.5)).isGreaterThan(0.95);
    assertThat(loudness.level(Band.FULL, 0).applyAsDouble(2.5)).isZero();
  }

  @Test
  void silenceIsZeroAndAVideoWithoutAudioHasNoLoudness() {
    Loudness silent = of("silent.mkv", PICTURES + "-f lavfi -i anullsrc -t 3 -c:v mpeg4 -c:a flac");
    assertThat(silent.level(Band.BASS, 0.1).applyAsDouble(1)).isZero();
    FfmpegCli.ffmpeg(folder, PICTURES + "-c:v mpeg4 mute.mkv");
    VideoFile mute = new VideoFile(MediaSource.of(folder.resolve("mute.mkv")));
    assertThat(Loudness.of(mute.media(), mute.index())).isEmpty();
  }

  private Loudness of(String name, String words) {
    FfmpegCli.ffmpeg(folder, words + " " + name);
    VideoFile file = new VideoFile(MediaSource.of(folder.resolve(name)));
    return Loudness.of(file.media(), file.index()).orElseThrow();
  }
}
