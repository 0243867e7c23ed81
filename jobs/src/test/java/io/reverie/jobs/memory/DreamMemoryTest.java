package io.reverie.jobs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Size;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.video.Colour;
import io.reverie.video.header.Samples;
import io.reverie.video.header.StillHeader;
import io.reverie.video.header.StillKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DreamMemoryTest {

  private static final double GIB = 0x1p30;

  private static DreamMemory need(int side, String... settings) {
    SpecLoader.Loaded loaded = SpecLoader.load(Optional.empty(), List.of(settings));
    PipelineSpec spec = loaded.spec().withTile(12L << 30, loaded.network());
    return DreamMemory.of(new Size(side, side), spec);
  }

  /** Measured in docs/sizes.md: dreamed with a heap of 6 GiB, 4.3 GiB in all. */
  @Test
  void aStillOf8192PixelsIsNotRefused() {
    DreamMemory need = need(8192);
    assertThat(need.dream().heap()).isBetween(2 * GIB, 5 * GIB);
    assertThat(need.dream().heap() + need.dream().other()).isLessThan(8 * GIB);
  }

  /** Measured in docs/sizes.md: 5.4 GiB in all. */
  @Test
  void aStillOf8192PixelsIsNotRefusedInTheFourierBasis() {
    double pixels = need(8192, "parameterisation=pixels").dream().other();
    DreamMemory need = need(8192, "parameterisation=fourier");
    assertThat(need.dream().other() - pixels).isEqualTo(4.0 * 8192 * 8192);
    assertThat(need.dream().heap() + need.dream().other()).isLessThan(8 * GIB);
  }

  /**
   * Measured with 6000x4000 px in the JVM that reads, converts and encodes: sRGB needs a heap of
   * 1.1 GiB, Display P3 one of 1.8 GiB.
   */
  @Test
  void coloursBesidesThoseOfTheNetworkNeedMemory() {
    DreamMemory need = need(4096);
    Samples samples = new Samples(Samples.Model.RGB, Samples.Alpha.NONE, 8, false);
    StillHeader header = new StillHeader(StillKind.JPEG, 4096, 4096, samples, 1, 0);
    assertThat(need.still(header, true).heap() - need.still(header, false).heap())
        .isEqualTo(24.0 * 4096 * 4096);
  }

  @Test
  void everyHdrFrameIsKeptBesideWhatIsShown() {
    DreamMemory need = need(1024);
    int frames = 1 + need.spec().video().shot().waitingFrames() + 2 * DreamMemory.QUEUE;
    Colour hdr = new Colour(9, Colour.PQ, 9, 1, 0);
    assertThat(frames).isGreaterThan(1);
    assertThat(need.frame(hdr).heap() - need.frame(Colour.UNSPECIFIED).heap())
        .isEqualTo(12.0 * 1024 * 1024 * frames);
  }

  @Test
  void aSmallImageKeepsTheFullSpectrum() {
    assertThat(need(1000, "parameterisation=fourier").dream().other())
        .isEqualTo(need(1000, "parameterisation=pixels").dream().other() + 28.0e6);
  }

  @Test
  void aSmallerDreamOfTheSameImageNeedsLess() {
    assertThat(need(20000, "dreamSize=640x").dream().other())
        .isLessThan(need(20000).dream().other() / 4);
    assertThat(need(20000, "size=640x").dream().heap()).isLessThan(GIB / 16);
  }

  @Test
  void aDreamTooLargeForAnyArrayIsRefused() {
    DreamMemory need = need(16, "size=32768x32768");
    assertThatThrownBy(() -> need.require("out.png", need.dream()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "out.png: a dream of 32768x32768 px exceeds the limit of 715 million px; reduce"
                + " --size");
  }

  @Test
  void aDreamTooLargeForThisProcessIsRefusedWithARemedy() {
    DreamMemory need = need(20000);
    assertThatThrownBy(() -> need.require("big.png", need.dream()))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("big.png: a dream of 20000x20000 px needs about ")
        .hasMessageContaining("of Java heap, but ")
        .hasMessageContaining("REVERIE_MEMORY=")
        .hasMessageEndingWith("or reduce --size");
  }
}
