package io.reverie.core.network.architecture;

/**
 * The widths of the nine modules of GoogLeNet (Szegedy et al. 2014, arXiv:1409.4842, table 1),
 * which its trainings share but for details.
 *
 * @param name such as 4c
 * @param one channels of the 1x1 convolution
 * @param reduce3 channels before the 3x3 convolution
 * @param three channels of the 3x3 convolution
 * @param reduce5 channels before the 5x5 convolution
 * @param five channels of the 5x5 convolution
 * @param pool channels after the pooling
 */
record InceptionV1(String name, int one, int reduce3, int three, int reduce5, int five, int pool) {

  static InceptionV1 paper(String name) {
    return switch (name) {
      case "3a" -> new InceptionV1(name, 64, 96, 128, 16, 32, 32);
      case "3b" -> new InceptionV1(name, 128, 128, 192, 32, 96, 64);
      case "4a" -> new InceptionV1(name, 192, 96, 208, 16, 48, 64);
      case "4b" -> new InceptionV1(name, 160, 112, 224, 24, 64, 64);
      case "4c" -> new InceptionV1(name, 128, 128, 256, 24, 64, 64);
      case "4d" -> new InceptionV1(name, 112, 144, 288, 32, 64, 64);
      case "4e" -> new InceptionV1(name, 256, 160, 320, 32, 128, 128);
      case "5a" -> new InceptionV1(name, 256, 160, 320, 32, 128, 128);
      case "5b" -> new InceptionV1(name, 384, 192, 384, 48, 128, 128);
      default -> throw new IllegalArgumentException("GoogLeNet has no module " + name);
    };
  }

  InceptionV1 withThree(int channels) {
    return new InceptionV1(name, one, reduce3, channels, reduce5, five, pool);
  }

  InceptionV1 withReduce5(int channels) {
    return new InceptionV1(name, one, reduce3, three, channels, five, pool);
  }

  int channels() {
    return one + three + five + pool;
  }
}
