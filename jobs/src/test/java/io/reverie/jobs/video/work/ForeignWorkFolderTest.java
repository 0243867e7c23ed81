package io.reverie.jobs.video.work;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.record.FrameCounts;
import io.reverie.jobs.video.record.RecordJson;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.PacketTimes;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work folders that others have written to: what is not Reverie's is done again. */
class ForeignWorkFolderTest {

  @TempDir private Path folder;

  private VideoWork work() {
    return new VideoWork(new WorkFolder(new Location(folder.toString())));
  }

  private static String result() throws IOException {
    SegmentResult result =
        SegmentResult.begun(3)
            .plus(
                List.of("segment-000003-000"),
                List.of(PacketTimes.of(0, 512, 1024)),
                List.of(),
                FrameCounts.NONE,
                List.of(),
                Times.NONE);
    return new String(RecordJson.bytes(result), StandardCharsets.UTF_8);
  }

  @Test
  void aRecordOfReverieIsAccepted() throws IOException {
    Files.writeString(folder.resolve("segment-000003.json"), result());
    assertThat(work().finished(false, 3))
        .hasValueSatisfying(p -> assertThat(p.files()).containsExactly("segment-000003-000"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"segment-000003-000\" | \"../../../secret.mp4\"",
        "\"segment-000003-000\" | \"/etc/passwd\"",
        "\"segment-000003-000\" | null",
        "\"number\":3 | \"number\":4",
        "\"seam\":false | \"seam\":true",
        "\"measures\":[] | \"measures\":[null]",
        "\"measures\":[] | \"measures\":null",
        "\"runs\":[0,512,2] | \"runs\":[0,512,1073741824]",
        "\"runs\":[0,512,2] | \"runs\":[0,512,-2]",
        "\"runs\":[0,512,2] | \"runs\":[0,512]",
        "\"runs\":[0,512,2] | \"runs\":[null]",
        "{\"runs\":[0,512,2]} | ",
        "\"counts\": | \"other\":",
        "\"number\":3 | \"number\":[[[["
      })
  void aForgedRecordIsIgnored(String old, @Nullable String other) throws IOException {
    assertThat(result()).contains(old);
    Files.writeString(
        folder.resolve("segment-000003.json"),
        result().replace(old, Objects.requireNonNullElse(other, "")));
    assertThat(work().finished(false, 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20})
  void aCheckpointWithAWrongLengthIsIgnored(int length) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve("segment-000003.checkpoint")))) {
      out.writeInt(1);
      out.writeInt(length);
      out.write(result().getBytes(StandardCharsets.UTF_8));
    }
    assertThat(work().checkpoint(3, new Size(4, 4))).isEmpty();
  }

  @Test
  void aCheckpointWithMalformedTextIsIgnored() throws IOException {
    byte[] soFar = result().getBytes(StandardCharsets.UTF_8);
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve("segment-000003.checkpoint")))) {
      out.writeInt(1);
      out.writeInt(soFar.length);
      out.write(soFar);
      // The ages of 4x4 pixels, the number of measured frames, the state of the strength.
      out.write(new byte[16 * Integer.BYTES + Integer.BYTES]);
      out.write(new byte[4 * Double.BYTES + Integer.BYTES + Double.BYTES]);
      // A last frame, not corrupt; one size with one objective, whose name is no UTF-8.
      out.write(new byte[] {1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 2, -1, -1});
    }
    assertThat(work().checkpoint(3, new Size(4, 4))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cuts\":[9,3],\"flashes\":[]}",
        "{\"cuts\":[3,3],\"flashes\":[]}",
        "{\"cuts\":[null],\"flashes\":[]}",
        "{\"cuts\":[]}",
        "[]"
      })
  void invalidShotsAreIgnored(String shots) throws IOException {
    Files.writeString(folder.resolve("shots.json"), shots);
    assertThat(work().shots()).isEmpty();
  }
}
