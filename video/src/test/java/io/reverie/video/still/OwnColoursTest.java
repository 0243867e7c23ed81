package io.reverie.video.still;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.icc.GeneratedProfile;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.metadata.StillMetadata;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A picture is dreamed in sRGB and keeps its own colours, which only the dream changes. */
class OwnColoursTest {

  private static final IccProfile DISPLAY_P3 = GeneratedProfile.of(12, 13).orElseThrow();

  /** Wide primaries and gamma 1.8, as ProPhoto RGB has. */
  private static final IccProfile WIDE =
      GeneratedProfile.of(
              Optional.of(
                  new double[] {0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001, 0.3457, 0.3585}),
              1.8)
          .orElseThrow();

  private static final StillOptions BEST = new StillOptions(100, Subsampling.YUV444);

  @TempDir private Path folder;

  private static Frame picture() {
    float[] rgb = new float[27 * 3];
    for (int i = 0; i < 27; i++) {
      int red = i / 9;
      int green = i / 3 % 3;
      rgb[i * 3] = red * 127.5f;
      rgb[i * 3 + 1] = green * 127.5f;
      rgb[i * 3 + 2] = i % 3 * 127.5f;
    }
    return new Frame(9, 3, rgb, Optional.empty(), 0, false);
  }

  private Still read(byte[] file, String name) throws IOException {
    return Stills.read(MediaSource.of(Files.write(folder.resolve(name), file)));
  }

  private static byte[] withProfile(Still still, String name, byte[] icc) {
    byte[] encoded = Stills.encode(still, name, BEST);
    return StillMetadata.NONE.withIcc(Optional.of(icc)).write(encoded).still();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.png", "a.tif"})
  void aDreamWithoutStrengthReturnsThePictureBitForBit(String name) throws IOException {
    for (IccProfile profile : List.of(DISPLAY_P3, WIDE)) {
      Still still = read(withProfile(new Still(picture(), 16), name, profile.bytes()), name);

      Still same = still.dreamed(still.seen(), still.seen().rgb());

      assertThat(still.profile()).isPresent();
      assertThat(same.frame().rgb()).containsExactly(still.frame().rgb());
      assertThat(Stills.encode(same, name, BEST)).isEqualTo(Stills.encode(still, name, BEST));
    }
  }

  @Test
  void theNetworkSeesSrgb() {
    Still still = wide(DISPLAY_P3, DISPLAY_P3.fromSrgb(picture().rgb()));

    assertThat(ShownColours.largestDifference(still.seen(), picture())).isLessThan(1);
    assertThat(still.shown().rgb()).containsExactly(still.seen().rgb());
  }

  private static Still wide(IccProfile profile, float[] own) {
    return new Still(picture().withRgb(own), 16, false, Optional.of(profile), List.of());
  }

  /** sRGB colours that a dream reached are shown as they are. */
  @Test
  void whatTheDreamReachedIsShown() {
    for (IccProfile profile : List.of(DISPLAY_P3, WIDE)) {
      Still still = wide(profile, profile.fromSrgb(picture().rgb()));
      float[] dream = new float[picture().rgb().length];
      for (int i = 0; i < dream.length; i++) {
        dream[i] = 60 + (i * 37) % 120;
      }

      Frame shown = still.dreamed(still.seen(), dream).shown();

      assertThat(ShownColours.largestDifference(shown, picture().withRgb(dream))).isLessThan(2);
    }
  }

  @Test
  void coloursOutsideSrgbSurviveWhereNothingWasDreamed() {
    float[] vivid = picture().rgb();
    Still still = wide(DISPLAY_P3, vivid);
    float[] dream = still.seen().rgb().clone();
    dream[0] += 40;

    float[] own = still.dreamed(still.seen(), dream).frame().rgb();

    assertThat(own[0]).isGreaterThan(vivid[0] + 5);
    assertThat(Arrays.copyOfRange(own, 3, own.length))
        .containsExactly(Arrays.copyOfRange(vivid, 3, vivid.length));
  }

  @Test
  void aProfileOfSrgbIsKeptAndChangesNothing() throws IOException {
    byte[] srgb = ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();

    Still still = read(withProfile(new Still(picture(), 8), "a.png", srgb), "a.png");

    assertThat(still.profile().orElseThrow().bytes()).isEqualTo(srgb);
    assertThat(still.seen()).isSameAs(still.frame());
  }

  @Test
  void greyStaysGreyWithItsProfile() throws IOException {
    IccProfile linear = GeneratedProfile.grey(1).orElseThrow();
    Still grey = new Still(picture(), 16).dreamed(picture(), picture().rgb());
    Still flat = new Still(grey.frame(), 16, true, Optional.empty(), List.of());
    Still still = read(withProfile(flat, "g.png", linear.bytes()), "g.png");
    float[] coloured = still.seen().rgb().clone();
    coloured[0] += 100;

    Still dreamed = still.dreamed(still.seen(), coloured);

    assertThat(still.grey()).isTrue();
    assertThat(dreamed.frame().rgb()[0]).isCloseTo(29.9f, within(0.01f));
    assertThat(dreamed.frame().rgb()[1]).isEqualTo(dreamed.frame().rgb()[0]);
    assertThat(dreamed.profile()).isPresent();
    Still asWebp = dreamed.fitting(StillFormat.WEBP);
    assertThat(asWebp.profile()).isEmpty();
    assertThat(asWebp.frame().rgb()[0]).isGreaterThan(80);
    assertThat(asWebp.notes())
        .contains("its greyscale was converted to sRGB, because WebP has no greyscale");
  }

  @Test
  void aProfileForOtherPixelsIsLeftOutAndSaid() throws IOException {
    byte[] ink = IccProfile.usualCmyk().bytes();
    byte[] file = withProfile(new Still(picture(), 8), "a.png", DISPLAY_P3.bytes());
    byte[] grey = GeneratedProfile.grey(1).orElseThrow().bytes();

    assertThat(StillColours.of(Optional.of(ink), false).notes())
        .containsExactly("its colour profile is not for RGB pixels and was left out");
    assertThat(StillColours.of(Optional.of(grey), false).profile()).isEmpty();
    assertThat(StillColours.of(Optional.of(new byte[200]), false).notes())
        .containsExactly("its colour profile is damaged and was left out");
    assertThat(read(file, "a.png").notes()).isEmpty();
  }

  /** Half of the light is stored as 127.5 with gamma 1, which sRGB stores as 188. */
  @ParameterizedTest
  @CsvSource({"100000, 188", "45455, 127.5", "55556, 146"})
  void theGammaOfAPngIsKept(int gamma, float shown) throws IOException {
    float[] half = new float[9];
    Arrays.fill(half, 127.5f);
    Frame frame = new Frame(3, 1, half, Optional.empty(), 0, false);
    byte[] png = Stills.encode(new Still(frame, 16), "a.png", BEST);
    byte[] chunk = ByteBuffer.allocate(4).putInt(gamma).array();

    Still still = read(inserted(png, "gAMA", chunk), "a.png");

    assertThat(still.shown().rgb()[0]).isCloseTo(shown, within(1.5f));
    assertThat(still.frame().rgb()[0]).isCloseTo(127.5f, within(0.01f));
  }

  @Test
  void theCodePointsOfAPngAreRead() throws IOException {
    byte[] png = Stills.encode(new Still(picture(), 8), "a.png", BEST);

    Still p3 = read(inserted(png, "cICP", new byte[] {12, 13, 0, 1}), "a.png");
    Still pq = read(inserted(png, "cICP", new byte[] {9, 16, 0, 1}), "a.png");

    assertThat(p3.profile().orElseThrow().bytes()).isEqualTo(DISPLAY_P3.bytes());
    assertThat(pq.profile()).isEmpty();
    assertThat(pq.notes()).singleElement().asString().startsWith("its colours are HDR (PQ or HLG)");
  }

  private static byte[] inserted(byte[] png, String type, byte[] content) {
    byte[] body = new byte[4 + content.length];
    System.arraycopy(type.getBytes(StandardCharsets.ISO_8859_1), 0, body, 0, 4);
    System.arraycopy(content, 0, body, 4, content.length);
    CRC32 checksum = new CRC32();
    checksum.update(body);
    ByteBuffer out = ByteBuffer.allocate(png.length + content.length + 12).put(png, 0, 33);
    out.putInt(content.length).put(body).putInt((int) checksum.getValue());
    return out.put(png, 33, png.length - 33).array();
  }
}
