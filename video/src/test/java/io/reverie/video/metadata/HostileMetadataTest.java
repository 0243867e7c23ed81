package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.bytes.Deflated;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a stranger's file has, its picture can be written. */
class HostileMetadataTest {

  private static final int TRIALS = 600;
  private static final String XMP =
      """
      <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
        xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>""";

  private static final List<byte[]> TARGETS =
      List.of("a.jpg", "a.png", "a.webp", "a.tif").stream()
          .map(name -> Pictures.encoded(name, 8, 8))
          .toList();

  private static byte[] seed(String name, ByteOrder order) {
    byte[] iptc = "\u001c\u0002Z\u0000\u0006Berlin".getBytes(ISO_8859_1);
    return new StillMetadata(
            Optional.empty(),
            Optional.of(ExifSample.stream(order)),
            Optional.of(XMP.getBytes(UTF_8)),
            Optional.of(iptc),
            List.of(new TextItem("Comment", "a comment"), new TextItem("Title", "\u6f22")),
            Optional.of(new Resolution(300, 150, true)),
            List.of())
        .write(Pictures.encoded(name, 8, 8))
        .still();
  }

  private static void useAll(byte[] file) {
    StillMetadata read = StillMetadata.read(file);
    StillMetadata stripped = read.withoutPrivate();
    for (byte[] target : TARGETS) {
      assertThat(read.write(target).still()).isNotEmpty();
      assertThat(stripped.write(target).still()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.png", "a.webp", "a.tif"})
  void changedAndTruncatedFilesThrowNothing(String name) {
    Random random = new Random(name.hashCode());
    byte[] little = seed(name, ByteOrder.LITTLE_ENDIAN);
    byte[] big = seed(name, ByteOrder.BIG_ENDIAN);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int trial = 0; trial < TRIALS; trial++) {
            byte[] file = (trial % 2 == 0 ? little : big).clone();
            for (int change = 0; change <= trial % 5; change++) {
              int at = random.nextInt(file.length);
              file[at] = (byte) (trial % 3 == 0 ? 0xFF : random.nextInt(256));
            }
            useAll(trial % 7 == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file);
          }
        });
  }

  @Test
  void changedExifStreamsThrowNothingInAnyOrder() {
    Random random = new Random(1);
    assertTimeoutPreemptively(
        Duration.ofMinutes(2),
        () -> {
          for (int trial = 0; trial < TRIALS; trial++) {
            boolean little = trial % 2 == 0;
            byte[] exif =
                ExifSample.stream(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
            for (int change = 0; change <= trial % 4; change++) {
              exif[8 + random.nextInt(exif.length - 8)] = (byte) random.nextInt(256);
            }
            byte[] jpeg =
                ByteView.joined(
                    "\u00ff\u00d8\u00ff\u00e1".getBytes(ISO_8859_1),
                    ByteBuffer.allocate(2).putShort((short) (exif.length + 8)).array(),
                    ExifStream.PREFIX,
                    exif);
            useAll(jpeg);
          }
        });
  }

  @Test
  void damagedDataIsNamedOnceAndTheRestIsKept() {
    byte[] jpeg = seed("a.jpg", ByteOrder.LITTLE_ENDIAN);
    String text = new String(jpeg, ISO_8859_1);
    byte[] broken = text.replace("</rdf:RDF>", "</rdf:rdf>").getBytes(ISO_8859_1);
    StillMetadata.Written written = StillMetadata.read(broken).write(TARGETS.get(1));
    assertThat(written.losses()).containsExactly("its XMP packet is damaged and was left out");
    assertThat(StillMetadata.read(written.still()).exif()).isPresent();
  }

  @Test
  void aTextThatInflatesToGigabytesIsLeftOut() {
    byte[] bomb = Deflated.deflate(new byte[64 << 20]);
    byte[] png = TARGETS.get(1);
    ByteBuffer chunk = ByteBuffer.allocate(bomb.length + 15).putInt(bomb.length + 3);
    chunk.put("zTXtx\0\0".getBytes(ISO_8859_1)).put(bomb);
    byte[] file =
        ByteView.joined(
            Arrays.copyOf(png, 33), chunk.array(), Arrays.copyOfRange(png, 33, png.length));
    StillMetadata read = StillMetadata.read(file);
    assertThat(read.texts()).isEmpty();
    assertThat(read.losses()).containsExactly("one of its texts is damaged and was left out");
  }

  /** 4 GB, inflated: what exceeds the limits is not inflated. */
  @ParameterizedTest
  @ValueSource(strings = {"x", "xmp", "Raw profile type xmp"})
  void manyTextsThatInflateToMegabytesAreNotAllInflated(String keyword) {
    byte[] bomb = Deflated.deflate(new byte[15 << 20]);
    byte[] head = ("zTXt" + keyword + "\0\0").getBytes(ISO_8859_1);
    byte[] png = TARGETS.get(1);
    ByteBuffer chunks = ByteBuffer.allocate(300 * (bomb.length + head.length + 8));
    for (int i = 0; i < 300; i++) {
      chunks.putInt(bomb.length + head.length - 4).put(head).put(bomb).putInt(0);
    }
    byte[] file =
        ByteView.joined(
            Arrays.copyOf(png, 33), chunks.array(), Arrays.copyOfRange(png, 33, png.length));
    StillMetadata read =
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> StillMetadata.read(file));
    assertThat(read.texts()).hasSizeLessThan(2);
    assertThat(read.losses()).contains("it has more texts than can be kept");
  }

  @Test
  void anExternalEntityIsNeverLoaded() {
    byte[] packet =
        "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:/etc/hostname'>]><x><r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>&e;</r:RDF></x>"
            .getBytes(UTF_8);
    StillMetadata.Written written =
        StillMetadata.NONE.withXmp(Optional.of(packet)).write(TARGETS.get(0));
    assertThat(written.losses()).containsExactly("its XMP packet is damaged and was left out");
  }
}
