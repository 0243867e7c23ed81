package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that may write no more than small files. */
class FullDiskIT {

  private static final int FRAMES = 4;

  @TempDir private Path folder;

  /** Frames that no codec makes small. */
  @BeforeEach
  void draw() throws IOException {
    Random random = new Random(7);
    for (int frame = 1; frame <= FRAMES; frame++) {
      BufferedImage image = new BufferedImage(640, 360, BufferedImage.TYPE_INT_RGB);
      int[] pixels = random.ints(640 * 360, 0, 1 << 24).toArray();
      image.setRGB(0, 0, 640, 360, pixels, 0, 640);
      ImageIO.write(image, "png", folder.resolve("%02d.png".formatted(frame)).toFile());
    }
  }

  @Test
  void nothingHalfWrittenIsLeft() throws Exception {
    // Once without a limit, lest the natives that are kept are unpacked under it. Others are at
    // each start.
    Path out = folder.resolve("whole/dream.mkv");
    assertThat(dream("unlimited", out, FRAMES).code()).isZero();
    assertThat(Files.size(out)).isGreaterThan(2 << 20);
    assertThat(cut("chunk", FRAMES)).as("the only chunk is too large").isEmpty();
    assertThat(cut("assembly", 1))
        .as("each chunk fits, the video does not")
        .isNotEmpty()
        .allMatch(file -> file.toString().contains("/.reverie/work/"))
        .noneMatch(file -> file.toString().endsWith(".part"));
  }

  /** The files that a run leaves when it reaches the limit. */
  private List<Path> cut(String name, int chunk) throws Exception {
    Path out = folder.resolve(name + "/dream.mkv");
    Program run = dream("1500", out, chunk);
    assertThat(run.err()).startsWith("reverie: ").contains("ulimit -f").hasLineCount(1);
    assertThat(run.code()).isEqualTo(3);
    return files(out.getParent());
  }

  private static List<Path> files(Path below) throws IOException {
    try (Stream<Path> all = Files.walk(below)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** With files of so many KiB at most. */
  private Program dream(String limit, Path out, int chunk) throws Exception {
    String line =
        "ulimit -f %s; exec '%s' video --quiet --dream-size 96x54 --octaves 1 --iterations 1 --fps 12 --codec ffv1 --set video.chunk=%d '%s' '%s'"
            .formatted(
                limit,
                Deployed.FOLDER.resolve("bin/reverie"),
                chunk,
                folder.resolve("%02d.png"),
                out);
    return Program.run(Map.of(), List.of("bash", "-c", line));
  }
}
