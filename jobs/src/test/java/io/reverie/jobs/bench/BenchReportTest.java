package io.reverie.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.core.Size;
import io.reverie.core.engine.Precision;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.ProgramInfo;
import io.reverie.jobs.spec.rule.InbetweenRule;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class BenchReportTest {

  private static final StepCase STEP =
      new StepCase("embedded", "conv4.3", new Size(320, 180), Precision.FLOAT32);

  private static final ObjectMapper JSON = new ObjectMapper();

  private static BenchReport report(double seconds) throws IOException {
    String sidecar =
        """
        {"frames": 10, "secondsPerFrame": 0.5, "timeShares": {"flow": 0.2, "ascent": 0.8},
         "shots": [{"frames": 4, "iterations": 3, "flicker": 0.01, "strength": 30},
                   {"frames": 6, "iterations": 2, "flicker": 0.02, "strength": 40}]}
        """;
    ClipCase clip =
        new ClipCase("embedded", new Size(320, 180), Precision.FLOAT32, new InbetweenRule("auto"));
    return new BenchReport(
        ProgramInfo.THIS,
        MachineInfo.ofThisMachine("cpu"),
        List.of(new StepSpeed(STEP, seconds, OptionalDouble.of(seconds * 0.75))),
        List.of(ClipSpeed.of(clip, JSON.readTree(sidecar))),
        List.of(new TorchSpeed(STEP, 0.2)));
  }

  @Test
  void aClipIsReadFromItsSidecar() throws IOException {
    ClipSpeed clip = report(0.05).clips().get(0);
    assertThat(clip.stepsPerFrame()).isCloseTo(2.4, within(1e-12));
    assertThat(clip.flicker()).isCloseTo(0.016, within(1e-12));
    assertThat(clip.strength()).isCloseTo(36, within(1e-12));
    assertThat(clip.stages()).containsEntry("flow", 0.1).containsEntry("ascent", 0.4);
  }

  @Test
  void ratiosAreOfTimes() throws IOException {
    JsonNode earlier = report(0.1).json();
    String step = new BenchTables(report(0.05), Optional.of(earlier)).lines().get(4);
    // 0.0576 megapixels in 0.05 s; a quarter of torch's time, half of the earlier one.
    assertThat(step.replace(" ", ""))
        .isEqualTo("|embedded|conv4.3|320x180|float32|50.0|1.15|0.75|0.25x|0.50x|");
  }

  @Test
  void columnsWithoutValuesAreLeftOut() throws IOException {
    List<String> lines = new BenchTables(report(0.05), Optional.empty()).lines();
    assertThat(lines.get(2)).contains("vs torch").doesNotContain("baseline");
    assertThat(lines.get(3)).matches("(\\| -+ )+\\|");
  }

  @Test
  void theMedianIsTheMiddle() {
    assertThat(Median.of(List.of(5.0, 1.0, 3.0))).isEqualTo(3);
    assertThat(Median.of(List.of(5.0, 1.0, 3.0, 4.0))).isEqualTo(3.5);
  }
}
