package io.reverie.video.icc;

import java.util.function.UnaryOperator;

/**
 * A transform of colours of three components, sampled on a regular grid and interpolated in
 * tetrahedra, as colour management modules do. The JDK needs almost a microsecond for a colour of
 * more than 8 bits, and this needs some nanoseconds.
 *
 * @param nodes transformed colours of the grid in 0..255, blue varying fastest
 */
record ColourGrid(float[] nodes) {

  /** Nodes per axis: the choice of Little CMS for three components. */
  static final int SIDE = 33;

  private static final float STEPS = SIDE - 1;
  private static final int RED = SIDE * SIDE * 3;
  private static final int GREEN = SIDE * 3;
  private static final int BLUE = 3;

  /** Samples a transform of interleaved colours in 0..1. */
  static ColourGrid of(UnaryOperator<float[]> transform) {
    float[] nodes = transform.apply(identity());
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] *= 255;
    }
    return new ColourGrid(nodes);
  }

  private static float[] identity() {
    float[] colours = new float[SIDE * SIDE * SIDE * 3];
    for (int i = 0; i < SIDE * SIDE * SIDE; i++) {
      int red = i / (SIDE * SIDE);
      int green = i / SIDE % SIDE;
      int blue = i % SIDE;
      colours[i * 3] = red / STEPS;
      colours[i * 3 + 1] = green / STEPS;
      colours[i * 3 + 2] = blue / STEPS;
    }
    return colours;
  }

  /** Transforms interleaved colours; components outside 0..255 are clipped. */
  float[] apply(float[] rgb) {
    float[] out = new float[rgb.length];
    for (int i = 0; i < rgb.length; i += 3) {
      interpolate(position(rgb[i]), position(rgb[i + 1]), position(rgb[i + 2]), out, i);
    }
    return out;
  }

  private static float position(float component) {
    return Math.max(0, Math.min(255, component)) * (SIDE - 1) / 255;
  }

  private void interpolate(float r, float g, float b, float[] out, int at) {
    int ri = Math.min(SIDE - 2, (int) r);
    int gi = Math.min(SIDE - 2, (int) g);
    int bi = Math.min(SIDE - 2, (int) b);
    float fr = r - ri;
    float fg = g - gi;
    float fb = b - bi;
    int from = ri * RED + gi * GREEN + bi * BLUE;
    if (fr >= fg) {
      if (fg >= fb) {
        walk(from, RED, fr, GREEN, fg, BLUE, fb, out, at);
      } else if (fr >= fb) {
        walk(from, RED, fr, BLUE, fb, GREEN, fg, out, at);
      } else {
        walk(from, BLUE, fb, RED, fr, GREEN, fg, out, at);
      }
    } else if (fr >= fb) {
      walk(from, GREEN, fg, RED, fr, BLUE, fb, out, at);
    } else if (fg >= fb) {
      walk(from, GREEN, fg, BLUE, fb, RED, fr, out, at);
    } else {
      walk(from, BLUE, fb, GREEN, fg, RED, fr, out, at);
    }
  }

  /** Walks along the axes from the largest fraction to the smallest. */
  private void walk(
      int from, int i, float fi, int j, float fj, int k, float fk, float[] out, int at) {
    for (int c = 0; c < 3; c++) {
      float first = nodes[from + c];
      float second = nodes[from + i + c];
      float third = nodes[from + i + j + c];
      float last = nodes[from + i + j + k + c];
      out[at + c] = first + fi * (second - first) + fj * (third - second) + fk * (last - third);
    }
  }
}
