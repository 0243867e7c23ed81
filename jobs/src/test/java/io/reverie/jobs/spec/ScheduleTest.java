package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.jobs.error.UserException;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Rational;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.FrameSequence;
import io.reverie.video.sound.Band;
import io.reverie.video.sound.Loudness;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {

  private static final String FADE =
      "layers=[{layer: conv4.3, weight: [{time: 0, value: 1}, {time: 2, value: 0}]},"
          + " {layer: conv5.1, weight: [{time: 0, value: 0}, {time: 2, value: 1, easing: smooth}]}]";

  private static VideoIndex still;

  @TempDir private Path folder;

  @BeforeAll
  static void writeAStill(@TempDir Path stills) throws IOException {
    Frame frame = new Frame(2, 2, new float[12], Optional.empty(), 0, false);
    Path file = Files.write(stills.resolve("f.png"), Stills.encode(frame, "f.png", 8, 90));
    still = new FrameSequence("test", List.of(MediaSource.of(file)), new Rational(24, 1)).index();
  }

  @ParameterizedTest
  @CsvSource({
    "hold, 2, 2",
    "hold, 2.5, 2",
    "hold, 3.9, 2",
    "hold, 4, 6",
    "linear, 2.5, 3",
    "linear, 3, 4",
    "smooth, 2.5, 2.625",
    "smooth, 3, 4",
    "smooth, 3.5, 5.375",
    "smooth, 0, 2",
    "linear, 1, 2",
    "linear, 100, 6"
  })
  void aValueIsEasedAndConstantBeforeAndAfter(String easing, double seconds, double wanted) {
    String step = "step=[{time: 2, value: 2}, {time: 00:00:04, value: 6, easing: %s}]";
    assertThat(at(load(step.formatted(easing)), seconds).step()).isCloseTo(wanted, within(1e-9));
  }

  @Test
  void aValueIsBetweenItsNeighboursAtEveryMoment() {
    Random random = new Random(3);
    for (int round = 0; round < 40; round++) {
      StringBuilder list = new StringBuilder();
      double[] values = new double[6];
      for (int i = 0; i < values.length; i++) {
        values[i] = 1 + random.nextInt(50);
        String easing = List.of("hold", "linear", "smooth").get(random.nextInt(3));
        list.append("{time: %d, value: %s, easing: %s},".formatted(i, values[i], easing));
      }
      ScheduledSpec spec = over(load("step=[%s]".formatted(list)), Loudness.NONE);
      for (int n = 0; n < 25; n++) {
        double seconds = random.nextInt(5000) / 1000.0;
        double a = values[(int) seconds];
        double b = values[(int) seconds + 1];
        assertThat(spec.at(pts(seconds)).step()).isBetween(Math.min(a, b), Math.max(a, b));
      }
    }
  }

  @Test
  void numbersInsideListsChangeAndALayerFadesIntoAnother() {
    PipelineSpec spec = load(FADE);
    assertThat(spec.layers()).extracting(ObjectiveSpec::weight).containsExactly(1.0, 0.0);
    assertThat(at(spec, 0.5).layers())
        .extracting(ObjectiveSpec::weight)
        .containsExactly(0.75, 0.15625);
    assertThat(at(spec, 2).layers()).extracting(ObjectiveSpec::weight).containsExactly(0.0, 1.0);
    assertThat(at(spec, 1).dream(PlaceholderObjectives::of).objectives()).hasSize(2);
  }

  @Test
  void classesAreMixedByTheMomentAndASingleSizeHasItsOwnSchedule() {
    PipelineSpec spec =
        load(
            "layers=[{objective: class, class:"
                + " {goldfish: [{time: 0, value: 1}, {time: 2, value: 0}], daisy: 1}}]",
            "octaves.each=[{}, {iterations: [{time: 0, value: 2}, {time: 2, value: 6}]}]");
    PipelineSpec now = at(spec, 1.5);
    assertThat(now.layers().get(0).classes().shares())
        .isEqualTo(Map.of("goldfish", 0.25, "daisy", 1.0));
    assertThat(now.octaves().each().get(1).iterations()).isEqualTo(5);
  }

  @Test
  void wholeNumbersAreRounded() {
    PipelineSpec spec =
        load("iterations=[{time: 0, value: 2.4}, {time: 1, value: 4}]", "strength=1");
    assertThat(spec.iterations()).isEqualTo(2);
    assertThat(at(spec, 0.5).iterations()).isEqualTo(3);
    assertThat(at(spec, 0.75).iterations()).isEqualTo(4);
    assertThat(at(load("strength=[{time: 0, value: 0}, {time: 4, value: 1}]"), 1).strength())
        .isEqualTo(0.25);
  }

  @Test
  void keyframesByFrameAndByTimeAgreeWhereFramesAreUneven() {
    VideoIndex uneven = index(0, 40, 200, 240, 1000);
    PipelineSpec byFrame = load("step=[{frame: 1, value: 1}, {frame: 3, value: 9}]");
    PipelineSpec byTime = load("step=[{time: 0.04, value: 1}, {time: 0.24, value: 9}]");
    for (long pts : uneven.times()) {
      double step = new ScheduledSpec(byFrame, uneven, Loudness.NONE).at(pts).step();
      assertThat(step)
          .isCloseTo(new ScheduledSpec(byTime, uneven, Loudness.NONE).at(pts).step(), within(1e-9));
    }
    assertThat(new ScheduledSpec(byFrame, uneven, Loudness.NONE).at(200).step())
        .isCloseTo(1 + 8 * 0.8, within(1e-9));
  }

  @Test
  void timeBeginsWithTheFirstFrameWhateverItsPts() {
    VideoIndex late = index(5000, 5040, 5080);
    PipelineSpec spec = load("step=[{time: 0, value: 1}, {time: 0.08, value: 3}]");
    ScheduledSpec scheduled = new ScheduledSpec(spec, late, Loudness.NONE);
    assertThat(LongStream.of(late.times()).mapToDouble(t -> scheduled.at(t).step()))
        .containsExactly(1.0, 2.0, 3.0);
  }

  @Test
  void framesAfterTheLastContinueAtTheAverageRate() {
    PipelineSpec spec = load("step=[{frame: 0, value: 1}, {frame: 20, value: 21}]");
    ScheduledSpec scheduled = new ScheduledSpec(spec, index(0, 40, 80, 120), Loudness.NONE);
    assertThat(scheduled.at(120).step()).isCloseTo(4, within(1e-9));
  }

  @Test
  void aValueFollowsTheSound() {
    float[] beat = new float[100];
    beat[20] = 0.5f;
    beat[60] = 0.25f;
    Loudness loudness = new Loudness(Map.of(Band.BASS, beat, Band.FULL, beat));
    PipelineSpec spec = load("step={audio: bass, from: 1, scale: 4, smoothing: 0}");
    ScheduledSpec scheduled = over(spec, loudness);
    assertThat(spec.step()).isEqualTo(1);
    assertThat(spec.schedule().audioKeys()).containsExactly("step");
    assertThat(scheduled.at(pts(0.41)).step()).isEqualTo(5);
    assertThat(scheduled.at(pts(1.21)).step()).isEqualTo(3);
    assertThat(scheduled.at(pts(0.8)).step()).isEqualTo(1);
  }

  @Test
  void thePrintedSpecRoundTrips() throws IOException {
    PipelineSpec spec =
        load(
            FADE,
            "preset=faces",
            "step=[{time: '00:01:30.5', value: 2}, {time: 100, value: 3.25, easing: hold}]",
            "video.persistence=[{frame: 0, value: 0.5}, {frame: 30, value: 0.9}]",
            "strength={audio: mid, scale: 0.5}");
    String yaml = SpecLoader.toYaml(spec);
    Path file = Files.writeString(folder.resolve("again.yaml"), yaml);
    PipelineSpec again = SpecLoader.load(Optional.of(file), List.of()).spec();
    assertThat(again).isEqualTo(spec);
    assertThat(SpecLoader.toYaml(again)).isEqualTo(yaml);
    assertThat(again.schedule().tracks()).hasSize(5);
  }

  @Test
  void theIdCountsEveryPartOfASchedule() {
    List<String> ids =
        List.of(
                "step=2",
                "step=[{time: 0, value: 2}]",
                "step=[{time: 0, value: 2}, {time: 1, value: 3}]",
                "step=[{time: 0, value: 2}, {time: 1, value: 4}]",
                "step=[{time: 0, value: 2}, {time: 2, value: 3}]",
                "step=[{frame: 0, value: 2}, {frame: 1, value: 3}]",
                "step=[{time: 0, value: 2}, {time: 1, value: 3, easing: smooth}]",
                "step={audio: bass, from: 2}",
                "step={audio: full, from: 2}",
                "step={audio: full, from: 2, smoothing: 1}")
            .stream()
            .map(setting -> new ResolvedSpec(load(setting), "", "/a", "00", Map.of()).id())
            .toList();
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void aSpecWithoutAScheduleIsWrittenAsItsNumbers() {
    PipelineSpec spec = load();
    JsonNode written = new ObjectMapper().valueToTree(spec);
    assertThat(written).isEqualTo(SpecJson.plain(spec));
    assertThat(over(spec, Loudness.NONE).at(pts(1))).isSameAs(spec);
  }

  @Test
  void aLaterSourceOfSettingsReplacesACurveAndIsReplacedByOne() throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("c.yaml"), "step: {audio: bass}\nstrength: [{time: 0, value: 1}]\n");
    PipelineSpec spec =
        SpecLoader.load(Optional.of(config), List.of("step=3", "strength={audio: full}")).spec();
    assertThat(spec.schedule().audioKeys()).containsExactly("strength");
    assertThat(spec.step()).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[{time: 0, value: 1}, {time: 4, value: -2}] | step, keyframe 2: step must be above 0",
        "[{time: 0, value: 0}, {time: 4, value: 2}] | at the start of step: step must be above",
        "[{time: 4, value: 1}, {time: 4, value: 2}] | step, keyframe 2 must be later than the previous",
        "[{time: 4, value: 1}, {frame: 40, value: 2}] | step, keyframe 2 needs a time, such as",
        "[{time: 4, value: lots}] | step, keyframe 1 needs a number as its value, not 'lots'",
        "[{time: 4}] | step, keyframe 1 needs a number as its value",
        "[{time: 4, value: 1}, {time: 2, value: 2}] | step, keyframe 2 must be later than the previous",
        "[{time: 0, value: 1}, {time: soon, value: 1}] | step, keyframe 2: invalid time 'soon'; expected seconds or",
        "[{time: -1, value: 1}] | step, keyframe 1: invalid time '-1'; expected seconds or hh:mm:ss",
        "[{time: auto, value: 1}] | step, keyframe 1: a keyframe needs a time, not 'auto'",
        "[{frame: -1, value: 1}] | step, keyframe 1: invalid frame '-1'; expected a whole number from 0",
        "[{frame: 1.5, value: 1}] | step, keyframe 1: invalid frame '1.5'; expected a whole number from 0",
        "[{time: 0, value: 1, ease: hold}] | unknown key 'ease'; expected time, value, easing",
        "[{time: 0, value: 1, easing: fast}] | step, keyframe 1: invalid easing 'fast'; expected one of hold, linear, smooth",
        "{audio: drums} | step: invalid audio 'drums'; expected one of bass, mid, treble, full",
        "{audio: bass, from: 1, gain: 2} | step has an unknown key 'gain'; expected audio, from",
        "{audio: bass, from: 1, smoothing: -1} | step: smoothing must be from 0 to 60 seconds",
        "{audio: bass, from: 1, scale: 300} | step, at its loudest: step must be above 0 and at most",
        "{audio: bass, from: 0} | at the start of step: step must be above 0",
        "{from: 1} | step must be a single value",
        "[1, 2] | step",
      })
  void aMistakeNamesTheKeyAndTheKeyframe(String step, String sentence) {
    assertRefused("step=" + step, sentence);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "seed",
        "octaves.count",
        "octaves.scale",
        "size",
        "video.segment",
        "video.flow.scale",
        "images.quality",
        "sync.attempts"
      })
  void constantsOfARunCannotChange(String key) {
    assertRefused(
        key + "=[{time: 0, value: 1}, {time: 4, value: 2}]", key + " cannot change over time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"step", "iterations", "jitter", "strength", "smoothing.weight"})
  void perFrameSettingsCanChange(String key) {
    String setting = key + "=[{time: 0, value: 3}, {time: 4, value: 5}]";
    PipelineSpec spec = load(setting);
    assertThat(SpecJson.plain(at(spec, 2)).at("/" + key.replace('.', '/')).asDouble()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mask.file", "mask.invert", "colours", "tile", "layers", "octaves.each"})
  void onlyNumbersCanChange(String key) {
    assertRefused(
        key + "=[{time: 0, value: 1}, {time: 4, value: 2}]",
        key + " is not a number and cannot change over time");
  }

  @Test
  void aWholeNumberBeyondIntIsRefused() {
    assertRefused(
        "iterations=[{time: 0, value: 5}, {time: 4, value: 1e12}]",
        "iterations, keyframe 2: iterations is out of range: 1.0E12");
  }

  @Test
  void textCannotChange() {
    assertRefused(
        "layers=[{layer: [{time: 0, value: 1}]}]",
        "layers[0].layer is not a number and cannot change over time");
  }

  private static void assertRefused(String assignment, String sentence) {
    assertThatThrownBy(() -> load(assignment))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence)
        .extracting(e -> ((UserException) e).kind())
        .isEqualTo(UserException.Kind.USAGE);
  }

  private static PipelineSpec load(String... assignments) {
    return SpecLoader.load(Optional.empty(), List.of(assignments)).spec();
  }

  private static PipelineSpec at(PipelineSpec spec, double seconds) {
    return over(spec, Loudness.NONE).at(pts(seconds));
  }

  private static ScheduledSpec over(PipelineSpec spec, Loudness loudness) {
    return new ScheduledSpec(spec, index(0, 40), loudness);
  }

  private static long pts(double seconds) {
    return Math.round(seconds * 1000);
  }

  /** Of a video whose unit of time is a thousandth of a second. */
  private static VideoIndex index(long... times) {
    return new VideoIndex(
        0,
        "stills",
        new Rational(1, 1000),
        still.rate(),
        still.size(),
        still.orientation(),
        8,
        false,
        false,
        still.colour(),
        false,
        0,
        times,
        still.entries(),
        still.playback());
  }
}
