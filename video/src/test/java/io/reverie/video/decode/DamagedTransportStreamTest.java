package io.reverie.video.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.AssemblyReport;
import io.reverie.video.FfmpegCli;
import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.VideoIndex;
import io.reverie.video.decode.TransportStreamMutator.Damage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged recordings are rejected before the work or repaired after it. */
class DamagedTransportStreamTest {

  private static final int SEEDS = 3;

  @TempDir private Path folder;

  private static VideoIndex index(Path clip) {
    return new VideoFile(MediaSource.of(clip)).index();
  }

  private Path damaged(Kind kind, Damage damage, long seed) throws IOException {
    byte[] whole = Files.readAllBytes(kind.clip(folder));
    byte[] bytes = TransportStreamMutator.mutate(whole, damage, seed);
    return Files.write(folder.resolve("damaged.ts"), bytes);
  }

  /** Rewrites a file; empty if it is rejected before any work. */
  private Optional<AssemblyReport> rewrite(Path source, Path output) {
    try {
      index(source);
    } catch (MediaException e) {
      assertThat(e).hasMessageStartingWith(source.toString());
      return Optional.empty();
    }
    return Optional.of(Rewriting.whole(source, output));
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagedTimesNeverLoseAFinishedVideo(Damage damage) throws IOException {
    int made = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      Kind kind = seed % 2 == 0 ? Kind.H264_TRANSPORT_STREAM : Kind.MPEG2_TRANSPORT_STREAM;
      Path output = folder.resolve(List.of("o.mp4", "o.mkv", "o.ts").get(seed % 3));

      Optional<AssemblyReport> report = rewrite(damaged(kind, damage, seed), output);

      if (report.isPresent()) {
        made++;
        assertThat(index(output).count()).as("%d", seed).isEqualTo((int) report.get().frames());
      }
    }
    assertThat(made).isGreaterThanOrEqualTo(damage == Damage.JOINED ? 0 : 1);
  }

  @Test
  void correctedTimesAreReported() throws IOException {
    Path source = damaged(Kind.H264_TRANSPORT_STREAM, Damage.PACKETS_REPEATED, 1);

    AssemblyReport report = Rewriting.whole(source, folder.resolve("o.mp4"));

    assertThat(report.warnings())
        .anyMatch(
            w -> w.matches("stream 1 \\(audio\\): corrected \\d+ wrong or missing timestamps?"));
  }

  @Test
  void joinedRecordingsAreRejectedBeforeTheWork() throws IOException {
    Path joined = damaged(Kind.H264_TRANSPORT_STREAM, Damage.JOINED, 0);

    assertThatThrownBy(() -> index(joined))
        .isInstanceOf(MediaException.class)
        .hasMessageMatching(
            "\\S+damaged.ts: its clock steps back from \\S+ s to \\S+ s, so .*ffmpeg -i IN -c copy OUT.mkv");
  }

  @Test
  void theSuggestedRemedyWorks() throws IOException {
    Path joined = damaged(Kind.H264_TRANSPORT_STREAM, Damage.JOINED, 0);
    FfmpegCli.ffmpeg(folder, "-v quiet -i damaged.ts -c copy new.mkv");

    assertThat(index(folder.resolve("new.mkv")).count()).isGreaterThan(50);
    assertThat(joined).exists();
  }

  @ParameterizedTest
  @EnumSource(names = {"H264_TRANSPORT_STREAM", "MPEG2_TRANSPORT_STREAM"})
  void aWrapAroundOfTheBroadcastClockKeepsEveryFrame(Kind kind) {
    Path clip = kind.clip(folder);
    FfmpegCli.ffmpeg(
        folder,
        "-i %s -map 0 -c copy -output_ts_offset 95441.5 wrapped.ts".formatted(clip.getFileName()));
    Path source = folder.resolve("wrapped.ts");

    for (String name : List.of("o.mov", "o.mp4", "o.mkv", "o.ts")) {
      Rewriting.whole(source, folder.resolve(name));

      VideoIndex made = index(folder.resolve(name));
      assertThat(made.count()).as(name).isEqualTo(40);
      assertThat(made.seconds()).as(name).isCloseTo(1.95, within(0.01));
    }
  }
}
