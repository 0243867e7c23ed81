package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.bytes.Deflated;
import io.reverie.video.still.Stills;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A colour profile is carried byte by byte, and exiftool finds the same. */
class ColourProfileTest {

  @TempDir private Path folder;

  private static byte[] profile(int colours) {
    return ICC_Profile.getInstance(colours).getData();
  }

  /** Longer than a JPEG's segment; bytes after the stated size are allowed. */
  private static byte[] large() {
    byte[] large = Arrays.copyOf(profile(ColorSpace.CS_sRGB), 200_000);
    for (int i = 10_000; i < large.length; i++) {
      large[i] = (byte) (i * 31 + i / 251);
    }
    ByteBuffer.wrap(large).putInt(large.length);
    return large;
  }

  private static byte[] picture(String name, int depth, boolean alpha) {
    float[] rgb = new float[33 * 17 * 3];
    float[] opacity = new float[33 * 17];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = i * 7 % 256;
      opacity[i / 3] = 255 - i % 200;
    }
    Optional<float[]> channel = alpha ? Optional.of(opacity) : Optional.empty();
    return Stills.encode(new Frame(33, 17, rgb, channel, 0, false), name, depth, 90);
  }

  private static StillMetadata with(byte[] icc) {
    return StillMetadata.NONE.withIcc(Optional.of(icc));
  }

  @ParameterizedTest
  @CsvSource({
    "a.png, 8, true",
    "a.png, 16, false",
    "a.jpg, 8, false",
    "a.webp, 8, false",
    "a.webp, 8, true",
    "a.tif, 8, false",
    "a.tif, 16, false"
  })
  void aProfileIsReadBackAndThePixelsStayEqual(String name, int depth, boolean alpha)
      throws IOException {
    byte[] plain = picture(name, depth, alpha);
    Path before = Files.write(folder.resolve("before-" + name), plain);
    for (byte[] icc : new byte[][] {large(), profile(ColorSpace.CS_sRGB)}) {
      Written written = with(icc).write(plain);
      assertThat(written.losses()).isEmpty();
      StillMetadata read = StillMetadata.read(written.still());
      assertThat(read.losses()).isEmpty();
      assertThat(read.icc().orElseThrow()).isEqualTo(icc);
      Path after = Files.write(folder.resolve(name), written.still());
      if (Exiftool.isInstalled()) {
        assertThat(Exiftool.bytes(folder, "-b", "-ICC_Profile", name)).isEqualTo(icc);
        assertThat(Exiftool.text(folder, "-s3", "-Warning", name)).isEmpty();
      }
      Frame a = Stills.read(MediaSource.of(before)).frame();
      Frame b = Stills.read(MediaSource.of(after)).frame();
      assertThat(b.rgb()).isEqualTo(a.rgb());
      assertThat(b.alpha().map(Arrays::hashCode)).isEqualTo(a.alpha().map(Arrays::hashCode));
      plain = written.still();
    }
    assertThat(plain.length).isLessThan(Files.readAllBytes(before).length + 20_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.jpg", "a.webp", "a.tif"})
  void aProfileOfOtherColoursThanThePixelsIsLeftOutAndNamed(String name) {
    byte[] plain = picture(name, 8, false);
    Written written = with(profile(ColorSpace.CS_GRAY)).write(plain);
    assertThat(written.losses())
        .containsExactly("its colour profile does not fit its pixels and was left out");
    assertThat(StillMetadata.read(written.still()).icc()).isEmpty();
  }

  @Test
  void aProfileInPiecesMissingOneIsLeftOutAndNamed() {
    byte[] jpeg = with(large()).write(picture("a.jpg", 8, false)).still();
    for (int i = 0; i < jpeg.length - 16; i++) {
      if (ByteView.of(jpeg).has(i, "ICC_PROFILE\0".getBytes(ISO_8859_1)) && jpeg[i + 12] == 2) {
        jpeg[i] = 'X';
      }
    }
    StillMetadata read = StillMetadata.read(jpeg);
    assertThat(read.icc()).isEmpty();
    assertThat(read.losses()).containsExactly("its colour profile is damaged and was left out");
  }

  @Test
  void aProfileThatInflatesToGigabytesIsLeftOut() {
    byte[] bomb = Deflated.deflate(new byte[64 << 20]);
    byte[] png = picture("a.png", 8, false);
    ByteBuffer chunk = ByteBuffer.allocate(bomb.length + 15).putInt(bomb.length + 3);
    chunk.put("iCCPx\0\0".getBytes(ISO_8859_1)).put(bomb);
    byte[] file =
        ByteView.joined(
            Arrays.copyOf(png, 33), chunk.array(), Arrays.copyOfRange(png, 33, png.length));
    StillMetadata read = StillMetadata.read(file);
    assertThat(read.icc()).isEmpty();
    assertThat(read.losses()).containsExactly("its colour profile is damaged and was left out");
  }
}
