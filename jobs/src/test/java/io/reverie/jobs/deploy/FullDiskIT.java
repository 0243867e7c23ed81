package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may write no more than small files. */
class FullDiskIT {

  @TempDir private Path folder;

  @Test
  void nothingHalfWrittenIsLeft() throws Exception {
    // Once without a limit, lest the natives that are kept are unpacked under it. Others are at
    // each start.
    Path out = folder.resolve("whole/dream.mkv");
    assertThat(dream("unlimited", out).code()).isZero();
    assertThat(Files.size(out)).isGreaterThan(2 << 20);
    Path cut = folder.resolve("cut/dream.mkv");
    Program run = dream("1500", cut);
    assertThat(run.err()).startsWith("reverie: ").contains("ulimit -f").hasLineCount(1);
    assertThat(run.code()).isEqualTo(3);
    assertThat(files(cut.getParent()))
        .isNotEmpty()
        .allMatch(file -> file.toString().contains("/.reverie/work/"))
        .noneMatch(file -> file.toString().endsWith(".part"));
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** With files of so many KiB at most. */
  private static Program dream(String limit, Path out) throws Exception {
    String line =
        "ulimit -f %s; exec '%s' video --quiet --size 320x180 --octaves 1 --iterations 1 --codec ffv1 --set video.chunk=6 '%s' '%s'"
            .formatted(
                limit,
                Deployed.FOLDER.resolve("bin/reverie"),
                Path.of("../sample-data/clip.mp4").toAbsolutePath().normalize(),
                out);
    return Program.run(Map.of(), List.of("bash", "-c", line));
  }
}
