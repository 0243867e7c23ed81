package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Classifier.Guess;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClassifierTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");
  private static final String SQUEEZENETS_HASH =
      "1ed88f017104d60f7b1ee96cf8bbe85865693d26cd1368b2135a7adbd125c6a0";
  private static final Path CAT = Path.of("../../shared/media/chelsea.png");

  @BeforeAll
  static void setThreads() {
    Torch.useOneThread();
  }

  @Test
  void squeezeNetClassifiesACatLikeTorchvision() throws IOException {
    assumeThat(SQUEEZENET).exists();
    assumeThat(CAT).exists();
    NetworkDescriptor descriptor = Networks.descriptor("squeezenet1_0");
    try (Network network = Networks.load(descriptor, SQUEEZENET, SQUEEZENETS_HASH, "cpu")) {
      List<Guess> guesses = new Classifier(network, descriptor).classify(image(CAT), 5);
      assertThat(guesses).hasSize(5);
      assertThat(guesses)
          .extracting(Guess::name)
          .startsWith("Egyptian cat", "tiger cat", "tabby", "lynx");
      // Computed by PyTorch with torchvision's Resize(256) and CenterCrop(224).
      assertThat(guesses.get(0).probability()).isCloseTo(0.707, within(0.02));
    }
  }

  @Test
  void probabilitiesAreSortedAndSumToOneForAnySize() throws IOException {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      Classifier classifier = new Classifier(network, descriptor);
      for (Size size : List.of(new Size(31, 20), new Size(128, 128), new Size(300, 700))) {
        List<Guess> all = classifier.classify(grey(size), 1000);
        assertThat(all)
            .hasSize(97)
            .isSortedAccordingTo((a, b) -> Double.compare(b.probability(), a.probability()));
        assertThat(all.stream().mapToDouble(Guess::probability).sum()).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void onlyTheCentreSquareCounts() throws IOException {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    try (Network network = TestNetworks.embedded(DataType.FLOAT32)) {
      Classifier classifier = new Classifier(network, descriptor);
      Image plain = grey(new Size(480, 160));
      float[] rgb = plain.rgb().clone();
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = i / 3 % 480 < 120 ? 255 : rgb[i];
      }
      assertThat(classifier.classify(new Image(plain.size(), rgb), 3))
          .isEqualTo(classifier.classify(plain, 3));
    }
  }

  @Test
  void aNetworkWithoutClassesIsRejected() {
    try (Network network = TestNetworks.small(1)) {
      assertThatThrownBy(
              () -> new Classifier(network, Networks.parse(TestNetworks.SMALL, "small.yaml")))
          .isInstanceOf(DreamException.class)
          .hasMessageContaining("network small cannot classify");
    }
  }

  private static Image grey(Size size) {
    float[] rgb = new float[size.height() * size.width() * 3];
    Arrays.fill(rgb, 120);
    return new Image(size, rgb);
  }

  private static Image image(Path file) throws IOException {
    BufferedImage picture = ImageIO.read(file.toFile());
    float[] rgb = new float[picture.getHeight() * picture.getWidth() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int pixel = picture.getRGB(i / 3 % picture.getWidth(), i / 3 / picture.getWidth());
      rgb[i] = (pixel >> (16 - 8 * (i % 3))) & 0xff;
    }
    return new Image(new Size(picture.getWidth(), picture.getHeight()), rgb);
  }
}
