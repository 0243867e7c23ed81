package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.awt.BufferedImages;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import io.reverie.core.objective.Objective;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The whole dream of a small picture equals the one in the repository, which {@link #main} wrote:
 * whatever changes it by accident shows here, and whoever changes it on purpose runs the generator.
 */
class GoldenDreamTest {

  private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
  private static final Size SIZE = new Size(120, 80);

  /** In grey levels: CPUs add in different orders, and an ascent amplifies that. */
  private static final double MEAN_TOLERANCE = 0.25;

  @ParameterizedTest
  @EnumSource(Parameterisation.class)
  void theDreamOfTheEmbeddedNetworkIsTheRecordedOne(Parameterisation parameterisation)
      throws IOException {
    Image golden = BufferedImages.toImage(ImageIO.read(file(parameterisation).toFile()));
    double change = difference(golden, source());
    assertThat(change).as("the recorded picture is a dream").isGreaterThan(3);
    assertThat(difference(golden, dream(parameterisation))).isLessThan(MEAN_TOLERANCE);
  }

  /** Writes the golden pictures; run in the folder of this module. */
  public static void main(String[] args) throws IOException {
    for (Parameterisation each : Parameterisation.values()) {
      BufferedImage picture = BufferedImages.toBufferedImage(dream(each));
      ImageIO.write(picture, "png", file(each).toFile());
    }
  }

  private static Path file(Parameterisation parameterisation) {
    return FOLDER.resolve(parameterisation.name().toLowerCase(Locale.ROOT) + ".png");
  }

  private static Image dream(Parameterisation parameterisation) throws IOException {
    Objective layer = new L2("conv4.2", ChannelSelector.all(), 1);
    OctaveSpec octave = new OctaveSpec(List.of(layer), 4, Ramp.of(1.5), Ramp.of(0));
    DreamSpec spec =
        DreamSpec.plain(octave, new Octaves(2, 1.4), 8, 0).withParameterisation(parameterisation);
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      return new Dreamer(network, spec).dream(source()).image();
    }
  }

  /** A smooth picture by a formula: waves of each colour with their own direction. */
  private static Image source() {
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int y = 0; y < SIZE.height(); y++) {
      for (int x = 0; x < SIZE.width(); x++) {
        for (int c = 0; c < 3; c++) {
          double phase = 0.11 * y + (0.05 + 0.04 * c) * x + 1.3 * c;
          rgb[(y * SIZE.width() + x) * 3 + c] = (float) (128 + 80 * Math.sin(phase));
        }
      }
    }
    return new Image(SIZE, rgb);
  }

  private static double difference(Image a, Image b) {
    float[] differences = a.rgb().clone();
    for (int i = 0; i < differences.length; i++) {
      differences[i] -= b.rgb()[i];
    }
    return TestDreams.meanAbs(differences);
  }
}
