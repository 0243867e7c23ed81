package io.reverie.video.hdr;

import io.reverie.video.Colour;

/** The relation of an HDR signal (0..1 for each of R, G, B) to light on the screen in cd/m2. */
sealed interface LightCurve permits PerceptualQuantiser, HybridLogGamma {

  /** The light of PQ's largest signal, in cd/m2. */
  double BRIGHTEST = 10_000;

  /** Returns whether a transfer function is one of these. */
  static boolean isOf(int transfer) {
    return transfer == Colour.PQ || transfer == Colour.HLG;
  }

  static LightCurve of(int transfer) {
    return transfer == Colour.PQ ? new PerceptualQuantiser() : new HybridLogGamma();
  }

  /** Replaces a signal by its light. */
  void light(double[] rgb);

  /** Replaces light by its signal, clipped to 0..1. */
  void signal(double[] rgb);
}
