package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A picture that is too large for the memory fails alone, in one sentence. */
class HostileItemsIT {

  private static final int SIDE = 20000;

  private static final List<String> QUICK =
      List.of("--octaves", "1", "--iterations", "1", "--quiet");

  @TempDir private Path folder;

  @BeforeEach
  void writeGoodOnesAndOneBomb() throws IOException {
    Files.createDirectory(folder.resolve("in"));
    float[] rgb = new float[64 * 64 * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i * 31 % 256;
    }
    byte[] good = Stills.encode(new Frame(64, 64, rgb, Optional.empty(), 0, false), "a.png", 8, 95);
    for (String name : List.of("a.png", "c.png")) {
      Files.write(folder.resolve("in").resolve(name), good);
    }
    Files.write(folder.resolve("in/b.png"), bomb());
  }

  /** Pixels of 0 that are all there, in a megabyte. */
  private static byte[] bomb() throws IOException {
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    try (OutputStream out = new DeflaterOutputStream(pixels, new Deflater(9))) {
      byte[] row = new byte[1 + SIDE * 3];
      for (int y = 0; y < SIDE; y++) {
        out.write(row);
      }
    }
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    ByteBuffer header = ByteBuffer.allocate(13).putInt(SIDE).putInt(SIDE);
    chunk(file, "IHDR", header.put(new byte[] {8, 2, 0, 0, 0}).array());
    chunk(file, "IDAT", pixels.toByteArray());
    chunk(file, "IEND", new byte[0]);
    return file.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream file, String type, byte[] content) {
    byte[] body = new byte[4 + content.length];
    System.arraycopy(type.getBytes(StandardCharsets.US_ASCII), 0, body, 0, 4);
    System.arraycopy(content, 0, body, 4, content.length);
    CRC32 checksum = new CRC32();
    checksum.update(body);
    file.writeBytes(ByteBuffer.allocate(4).putInt(content.length).array());
    file.writeBytes(body);
    file.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
  }

  private CommandLineRun run(String command, String... words) {
    List<String> all =
        Stream.of(Stream.of(command), QUICK.stream(), Stream.of(words))
            .flatMap(each -> each)
            .toList();
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private String in(String name) {
    return folder.resolve("in").resolve(name).toString();
  }

  @Test
  void aBombAmongGoodImagesFailsAlone() {
    CommandLineRun run = run("images", in(""), folder.resolve("out").toString());

    assertThat(run.code()).as(run.err()).isEqualTo(4);
    assertThat(run.err())
        .hasLineCount(1)
        .contains(
            "b.png", "20000x20000 px", "of Java heap", "REVERIE_MEMORY=", "scale it down first");
    assertThat(folder.resolve("out/a.png")).exists();
    assertThat(folder.resolve("out/c.png")).exists();
    assertThat(folder.resolve("out/b.png")).doesNotExist();
  }

  @Test
  void syncDoesTheOthersAndSetsTheBombAsideAfterThreeRuns() {
    String out = folder.resolve("out").toString();
    for (int attempt = 1; attempt <= 3; attempt++) {
      CommandLineRun run = run("sync", "--set", "sync.minAge=0", in(""), out);
      assertThat(run.code()).as(run.err()).isEqualTo(4);
      assertThat(run.err()).contains("20000x20000 px");
      assertThat(folder.resolve("out/c.png")).exists();
    }
    CommandLineRun last = run("sync", "--json", "--set", "sync.minAge=0", in(""), out);
    assertThat(last.out()).contains("b.png", "20000x20000 px", "\"quarantined\":1");
    assertThat(folder.resolve("out/b.png")).doesNotExist();
  }

  @Test
  void aMaskOrAGuideThatIsABombIsASentence() {
    String out = folder.resolve("mask.png").toString();

    CommandLineRun mask = run("images", "--set", "mask.file=" + in("b.png"), in("a.png"), out);
    assertThat(mask.code()).as(mask.err()).isEqualTo(3);
    assertThat(mask.err()).hasLineCount(1).contains("mask", "b.png has 20000x20000 px");

    CommandLineRun classify = CommandLineRun.of("classify", in("b.png"), in("a.png"));
    assertThat(classify.err()).contains("b.png");
  }

  @Test
  void noiseAndDivesAreHeldToTheMemoryToo() {
    String out = folder.resolve("noise.png").toString();
    CommandLineRun draw = run("images", "--size", "30000x30000", "noise:", out);
    assertThat(draw.code()).as(draw.err()).isEqualTo(3);
    assertThat(draw.err()).hasLineCount(1).contains("30000x30000 px", "--size");

    CommandLineRun zoom = run("zoom", in("b.png"), folder.resolve("zoom.mp4").toString());
    assertThat(zoom.code()).as(zoom.err()).isEqualTo(3);
    assertThat(zoom.err()).hasLineCount(1).contains("20000x20000 px");
  }

  @Test
  void aVideoOfHugeFramesIsRefusedBeforeTheyAreDreamed() throws IOException {
    byte[] gif = new byte[64];
    byte[] head = "GIF89a".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(head, 0, gif, 0, head.length);
    gif[6] = (byte) 0x30;
    gif[7] = 0x75;
    gif[8] = (byte) 0x30;
    gif[9] = 0x75;
    Path file = Files.write(folder.resolve("huge.gif"), gif);

    CommandLineRun run = run("video", file.toString(), folder.resolve("huge.mp4").toString());

    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).hasLineCount(1).contains("huge.gif");
  }
}
