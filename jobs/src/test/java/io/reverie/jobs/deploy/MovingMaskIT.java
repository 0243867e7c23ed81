package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.cli.Videos;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masks and guides that move, on executors that are processes of their own: they find the files
 * that the settings name, and dream what a lone program dreams.
 */
@ExtendWith(SharedCluster.class)
class MovingMaskIT {

  private static final Path CLIP =
      Path.of("../video/src/test/media/clip.mp4").toAbsolutePath().normalize();

  @RegisterExtension
  final S3ProxyExtension s3 =
      S3ProxyExtension.builder().withCredentials("access", "secret").build();

  @TempDir private Path folder;
  private Bucket bucket;
  private LaptopCluster cluster;

  @BeforeEach
  void start(LaptopCluster shared) throws Exception {
    bucket = Bucket.of(s3);
    cluster = shared;
    mask("m00001.png", 0);
    mask("m00019.png", 48);
  }

  @AfterEach
  void close() {
    bucket.close();
  }

  @Test
  void numberedMasksAndAGuideVideoMayLieInABucket() throws Exception {
    bucket.put("m00001.png", folder.resolve("m00001.png"));
    bucket.put("m00019.png", folder.resolve("m00019.png"));
    bucket.put("sea.mp4", CLIP);
    List<Integer> here = here(folder.resolve("m%05d.png").toString(), CLIP.toString());
    assertThat(there(bucket.uri("m%05d.png"), bucket.uri("sea.mp4"))).isEqualTo(here);
  }

  /** Executors have folders of their own, in which nothing of this name is. */
  @Test
  void pathsCountFromWhereTheCommandIsGiven() throws Exception {
    String mask = fromHere(CLIP);
    String guide = fromHere(folder.resolve("m%05d.png"));
    assertThat(there(mask, guide)).isEqualTo(here(mask, guide));
  }

  private static String fromHere(Path file) {
    return Path.of("").toAbsolutePath().relativize(file).toString();
  }

  private List<Integer> here(String mask, String guide) {
    Path out = folder.resolve("here.mkv");
    CommandLineRun run =
        CommandLineRun.of(words(mask, guide, out.toString()).toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return Videos.hashes(out);
  }

  private List<Integer> there(String mask, String guide) throws Exception {
    Path out = folder.resolve("there.mkv");
    List<String> sparks = new ArrayList<>();
    bucket.settings().forEach((key, value) -> sparks.addAll(List.of("--conf", key + "=" + value)));
    Program run = cluster.submit(words(mask, guide, out.toString()), sparks.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return Videos.hashes(out);
  }

  private static List<String> words(String mask, String guide, String out) {
    List<String> words = new ArrayList<>(List.of("video", "--quiet", "--size", "96x54"));
    words.addAll(List.of("--codec", "ffv1", "--octaves", "1", "--iterations", "2"));
    words.addAll(List.of("--set", "video.segment=14", "--set", "video.overlap=4"));
    words.addAll(List.of("--set", "mask.file=" + mask));
    words.addAll(List.of("--set", "layers=[{objective: guide, guide: '%s'}]".formatted(guide)));
    words.addAll(List.of(CLIP.toString(), out));
    return words;
  }

  /** White from a column on. */
  private void mask(String name, int left) throws IOException {
    BufferedImage mask = new BufferedImage(96, 54, BufferedImage.TYPE_INT_RGB);
    mask.createGraphics().fillRect(left, 0, 48, 54);
    assertThat(ImageIO.write(mask, "png", folder.resolve(name).toFile())).isTrue();
  }
}
