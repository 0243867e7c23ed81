package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.still.Still;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A note changes nothing else in a still, and ImageMagick, libpng and libwebp read the result. */
class StillNotesTest {

  private static final String TEXT = "{\"reverie\":1,\"a\":\"<&> \\\"x\\\" ]]>\"}";
  private static final Note NOTE = new Note("Reverie 1 <&>", TEXT);

  @TempDir private Path folder;

  private static Frame picture(int width, int height, boolean alpha) {
    float[] rgb = new float[width * height * 3];
    float[] opacity = new float[width * height];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (i * 7) % 256;
      opacity[i / 3] = 255 - i % 200;
    }
    return new Frame(width, height, rgb, alpha ? Optional.of(opacity) : Optional.empty(), 0, false);
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, 8, true",
    "a.png, 16, false",
    "a.jpg, 8, false",
    "a.webp, 8, false",
    "a.webp, 8, true",
    "a.tif, 8, true",
    "a.tiff, 16, false"
  })
  void aNoteIsReadBackAndThePixelsStayEqual(String name, int depth, boolean alpha)
      throws IOException {
    byte[] plain = Stills.encode(picture(33, 17, alpha), name, depth, 90);
    Path before = Files.write(folder.resolve("before-" + name), plain);
    Path after = Files.write(folder.resolve(name), StillNotes.put(plain, NOTE).orElseThrow());

    assertThat(NoteReader.read(MediaSource.of(before))).isEmpty();
    assertThat(NoteReader.read(MediaSource.of(after))).contains(TEXT);
    Still a = Stills.read(MediaSource.of(before));
    Still b = Stills.read(MediaSource.of(after));
    assertThat(b.bitDepth()).isEqualTo(a.bitDepth());
    assertThat(b.frame().rgb()).isEqualTo(a.frame().rgb());
    assertThat(b.frame().alpha().map(Arrays::hashCode))
        .isEqualTo(a.frame().alpha().map(Arrays::hashCode));
  }

  /** OpenCV itself writes the extended header for alpha or a quality below 100. */
  @Test
  void aLosslessWebpGetsAnExtendedHeaderWithItsSizeAndTransparency() throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "ffmpeg is not installed");
    Files.write(folder.resolve("in.png"), Stills.encode(picture(35, 18, true), "a.png", 8, 90));
    run("ffmpeg -nostdin -v error -i in.png -lossless 1 out.webp");
    byte[] plain = Files.readAllBytes(folder.resolve("out.webp"));
    assertThat(new String(plain, 12, 4, UTF_8)).isEqualTo("VP8L");
    Path noted =
        Files.write(folder.resolve("noted.webp"), StillNotes.put(plain, NOTE).orElseThrow());
    assertThat(NoteReader.read(MediaSource.of(noted))).contains(TEXT);
    assertThat(run("ffmpeg -nostdin -v warning -i noted.webp -f framemd5 -"))
        .isEqualTo(run("ffmpeg -nostdin -v error -i in.png -pix_fmt argb -f framemd5 -"));
    Still still = Stills.read(MediaSource.of(noted));
    assertThat(still.frame().width()).isEqualTo(35);
    assertThat(still.frame().height()).isEqualTo(18);
    assertThat(still.frame().alpha()).isPresent();
  }

  @Test
  void imageMagickReadsTheTextChunk() throws IOException {
    byte[] noted =
        StillNotes.put(Stills.encode(picture(8, 8, false), "a.png", 8, 90), NOTE).orElseThrow();
    Files.write(folder.resolve("a.png"), noted);
    assertThat(run("identify -regard-warnings -format %[reverie] a.png")).isEqualTo(TEXT);
    assertThat(run("identify -format %[Software] a.png")).isEqualTo("Reverie 1 <&>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.tif"})
  void imageMagickReadsTheXmpPacket(String name) throws IOException {
    byte[] plain = Stills.encode(picture(8, 8, false), name, 8, 90);
    Files.write(folder.resolve(name), StillNotes.put(plain, NOTE).orElseThrow());
    String packet = run("convert -regard-warnings " + name + " XMP:-");
    assertThat(packet).startsWith("<?xpacket").endsWith("<?xpacket end=\"w\"?>");
    assertThat(Xmp.text(packet.getBytes(UTF_8))).contains(TEXT);
  }

  @Test
  void aPacketRewrittenByAnotherProgramIsRead() {
    String packet =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
            + "<r:Description xmlns:n='urn:io.reverie:note/' n:note='{&quot;reverie&quot;:1}'/>"
            + "</r:RDF></x:xmpmeta>";
    assertThat(Xmp.text(packet.getBytes(UTF_8))).contains("{\"reverie\":1}");
    assertThat(
            Xmp.text(
                "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:/etc/hosts'>]><a>&e;</a>".getBytes(UTF_8)))
        .isEmpty();
  }

  @Test
  void aNoteTooLargeForOneSegmentOfAJpegIsReadBack() {
    Note large = new Note("Reverie", "{\"reverie\":1,\"a\":\"" + "x".repeat(70_000) + "\"}");
    byte[] jpeg = Stills.encode(picture(8, 8, false), "a.jpg", 8, 90);
    byte[] png = Stills.encode(picture(8, 8, false), "a.png", 8, 90);
    assertThat(StillNotes.read(StillNotes.put(jpeg, large).orElseThrow())).contains(large.text());
    assertThat(StillNotes.read(StillNotes.put(png, large).orElseThrow())).contains(large.text());
  }

  /** Truncates the file at every length and flips every byte. */
  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.tif", "a.webp"})
  void damagedFilesHaveNoNoteAndThrowNothing(String name) {
    byte[] noted =
        StillNotes.put(Stills.encode(picture(8, 8, false), name, 8, 90), NOTE).orElseThrow();
    for (int length = 0; length < noted.length; length++) {
      StillNotes.read(Arrays.copyOf(noted, length));
      byte[] wrong = noted.clone();
      wrong[length] ^= (byte) 0xFF;
      StillNotes.read(wrong);
    }
    assertThat(StillNotes.read(Arrays.copyOf(noted, 20))).isEmpty();
  }

  @Test
  void onlyAsciiWithTheMarkIsANote() {
    assertThatThrownBy(() -> new Note("Reverie", "{\"reverie\":1,\"a\":\"\u00fc\"}"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Note("Reverie", "{\"other\":1}"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private String run(String words) throws IOException {
    String[] command = words.split(" ", -1);
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin", command[0]))
            || Files.isExecutable(Path.of("/usr/local/bin", command[0])),
        command[0] + " is not installed");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    try {
      assertThat(process.waitFor()).as(words).isZero();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return out;
  }
}
