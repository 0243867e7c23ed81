package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.AnimationBytes;
import io.reverie.video.AnimationBytes.GifFrame;
import io.reverie.video.metadata.bytes.ByteView;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gain maps are left out and named; comments of GIFs become comments of the result. */
class LeftOutTest {

  private static final String NAMED = "its gain map, depth map or motion was left out";

  private static byte[] with(byte[] file, int at, String inserted) {
    return ByteView.joined(
        Arrays.copyOf(file, at),
        inserted.getBytes(ISO_8859_1),
        Arrays.copyOfRange(file, at, file.length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hdrgm:Version='1.0' xmlns:hdrgm='http://ns.adobe.com/hdr-gain-map/1.0/'",
        "HDRGainMap:Version='65536' xmlns:HDRGainMap='http://ns.apple.com/HDRGainMap/1.0/'",
        "GCamera:MotionPhoto='1' xmlns:GCamera='http://ns.google.com/photos/1.0/camera/'"
      })
  void aGainMapOfXmpIsNamedAndItsPropertiesGo(String property) {
    String packet =
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF"
            + " xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description r:about='' "
            + property
            + "/></r:RDF></x:xmpmeta>";
    StillMetadata source = StillMetadata.NONE.withXmp(Optional.of(packet.getBytes(UTF_8)));
    for (String name : List.of("a.jpg", "a.png", "a.webp", "a.tif")) {
      StillMetadata.Written written = source.write(Pictures.encoded(name, 8, 8));
      assertThat(written.losses()).as(name).containsExactly(NAMED);
      assertThat(StillMetadata.read(written.still()).xmp().map(xmp -> new String(xmp, UTF_8)))
          .hasValueSatisfying(xmp -> assertThat(xmp).doesNotContain("1.0'", "65536", "Motion"));
    }
  }

  @Test
  void aGainMapOfIsoIsNamed() {
    String content = "urn:iso:std:iso:ts:21496:-1\0\0\0\0\0";
    byte[] jpeg =
        with(
            Pictures.encoded("a.jpg", 8, 8),
            2,
            "\u00ff\u00e2\0" + (char) (content.length() + 2) + content);
    assertThat(StillMetadata.read(jpeg).losses()).containsExactly(NAMED);
  }

  @Test
  void commentsOfAGifAreKept() throws IOException {
    byte[] gif = AnimationBytes.gif(8, 8, List.of(new GifFrame(0, 0, 8, 8, 0, 1, false)), -1);
    int palette = (gif[10] & 0x80) == 0 ? 0 : 3 << ((gif[10] & 7) + 1);
    String two =
        "!\u00fe\5Hello\u0003 \u00c3\u00a9\0" // One comment in two blocks, in UTF-8.
            + "!\u00fe\4caf\u00e9\0"; // And one in Latin-1.
    StillMetadata read = StillMetadata.read(with(gif, 13 + palette, two));
    assertThat(read.losses()).isEmpty();
    assertThat(read.texts())
        .containsExactly(
            new TextItem(TextItem.COMMENT, "Hello é"), new TextItem(TextItem.COMMENT, "café"));
    byte[] jpeg = read.write(Pictures.encoded("a.jpg", 8, 8)).still();
    assertThat(StillMetadata.read(jpeg).texts()).containsExactlyElementsOf(read.texts());
  }

  @Test
  void commentsOfAGifWithoutAnEndAreDamagedAndEndTheReading() {
    byte[] gif = "GIF89a\1\0\1\0\0\0\0!\u00fe\u00ffabc".getBytes(ISO_8859_1);
    assertThat(StillMetadata.read(gif).losses())
        .containsExactly("its metadata is damaged and was left out in part");
  }
}
