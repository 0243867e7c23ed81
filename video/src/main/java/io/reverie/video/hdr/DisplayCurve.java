package io.reverie.video.hdr;

/**
 * Light as the code value of a standard display (ITU-R BT.1886), where reference white of 203 cd/m2
 * (ITU-R BT.2408) has code 1 and highlights exceed it. The shown code follows it up to a knee and
 * approaches 1 above.
 */
final class DisplayCurve {

  private static final double WHITE = 203;
  private static final double GAMMA = 2.4;
  private static final double KNEE = 0.75;

  /** Exceeds every code, even that of the greatest light after a dream. */
  private static final double LARGEST = 1.1 * Math.pow(LightCurve.BRIGHTEST / WHITE, 1 / GAMMA);

  // By the fourth root of the light, which spreads the shadows.
  private static final Table CODE =
      new Table(root -> Math.pow(LightCurve.BRIGHTEST * Math.pow(root, 4) / WHITE, 1 / GAMMA));

  private static final Table LIGHT = new Table(part -> WHITE * Math.pow(part * LARGEST, GAMMA));

  private DisplayCurve() {}

  /** Returns the code of light in cd/m2; negative light has code 0. */
  static double code(double light) {
    return light <= 0 ? 0 : CODE.at(Math.sqrt(Math.sqrt(light / LightCurve.BRIGHTEST)));
  }

  /** Returns the light of a code. */
  static double light(double code) {
    return LIGHT.at(code / LARGEST);
  }

  /** Returns what a standard display shows of a code, in 0..1. */
  static double shown(double code) {
    if (code <= KNEE) {
      return code;
    }
    double above = (code - KNEE) / (1 - KNEE);
    return KNEE + (1 - KNEE) * above / (1 + above);
  }

  /**
   * Returns the code after a change of what is shown. The shown code and the code change by the
   * same factor, so a dream changes the light of highlights by the ratio that it shows.
   *
   * @param change of the shown code
   */
  static double changed(double code, double change) {
    return Math.max(0, code + (code <= KNEE ? change : change * code / shown(code)));
  }
}
