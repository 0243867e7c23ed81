package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.VideoIndex;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Animations as inputs and outputs of the jobs. */
class AnimationJobIT {

  private static final int FRAMES = 6;

  @TempDir private Path folder;
  private Path webp;

  @BeforeEach
  void animate() throws IOException {
    Path stills = Files.createDirectory(folder.resolve("stills"));
    BufferedImage lake = ImageIO.read(Path.of("../video/src/test/media/clouds.png").toFile());
    for (int i = 1; i <= FRAMES; i++) {
      BufferedImage part = lake.getSubimage(3 * i, 2 * i, 96, 64);
      ImageIO.write(part, "png", stills.resolve("%d.png".formatted(i)).toFile());
    }
    webp = folder.resolve("in.webp");
    CommandLineRun run =
        video(
            "--strength",
            "0",
            "--quality",
            "100",
            "--fps",
            "8",
            stills + "/%d.png",
            webp.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Videos.index(webp).count()).isEqualTo(FRAMES);
  }

  private static CommandLineRun video(String... words) {
    return CommandLineRun.of(
        Stream.concat(Stream.of("video", "--octaves", "1", "--iterations", "2"), Stream.of(words))
            .toArray(String[]::new));
  }

  @Test
  void oneAndManyWorkersGiveTheSameAnimation() {
    Path one = folder.resolve("one.apng");
    Path many = folder.resolve("many.apng");
    video(
        "--set",
        "video.segment=5",
        "--set",
        "video.overlap=1",
        webp.toString(),
        one.toString(),
        "--",
        "--master",
        "local[1,4]");
    video(
        "--set",
        "video.segment=5",
        "--set",
        "video.overlap=1",
        webp.toString(),
        many.toString(),
        "--",
        "--master",
        "local[3,4]");
    assertThat(Videos.hashes(one)).hasSize(FRAMES).doesNotHaveDuplicates();
    assertThat(Videos.hashes(many)).isEqualTo(Videos.hashes(one));
    VideoIndex index = Videos.index(one);
    for (int i = 0; i < FRAMES; i++) {
      assertThat(index.duration(i) * index.timeBase().toDouble()).isEqualTo(0.125);
    }
  }

  @Test
  void aPartOfAnAnimationIsAnAnimation() {
    Path part = folder.resolve("part.gif");
    CommandLineRun run = video("--start", "0.25", "--end", "0.5", webp.toString(), part.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(Videos.index(part).count()).isEqualTo(2);
  }

  @Test
  void imagesSaysThatFurtherPicturesAreLeftOut() throws IOException {
    Path inputs = Files.createDirectory(folder.resolve("inputs"));
    Files.copy(webp, inputs.resolve("a.webp"));
    Files.writeString(inputs.resolve("b.jxl"), "?");
    Files.writeString(inputs.resolve("c.jxl"), "?");
    CommandLineRun run =
        CommandLineRun.of(
            "images", "--octaves", "1", "--iterations", "1", inputs + "/", folder + "/out/");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.err())
        .contains("only the first of its 6 frames was dreamed; `reverie video` dreams them all")
        .contains("2 files of other kinds skipped: 2 .jxl");
  }
}
