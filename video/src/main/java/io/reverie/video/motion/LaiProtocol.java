package io.reverie.video.motion;

/**
 * The warping error as Lai et al. publish it ("Learning Blind Video Temporal Consistency", ECCV
 * 2018, and <a href="https://github.com/phoenix104104/fast_blind_video_consistency">their
 * evaluation</a>):
 *
 * <pre>
 * E(t) = sum_p M(p) |V_t(p) - V_t+1(p + u(p))|^2 / sum_p M(p)
 * </pre>
 *
 * with u the forward flow from source frame t to t+1 and colours in 0..1; the square is the mean
 * over the channels, as in their code. M is 0 where a pixel is occluded or at a motion boundary by
 * the tests of Ruder et al. ("Artistic Style Transfer for Videos", GCPR 2016): with w the backward
 * flow at p + u, where {@code |u + w|^2 > 0.01 (|u|^2 + |w|^2) + 0.5} or {@code |grad u|^2 > 0.01
 * |u|^2 + 0.002}, the gradient by forward differences. Pixels that leave the frame are compared
 * with its border, and a pair without a visible pixel counts as 0.
 *
 * <p>Lai et al. compute the flow by FlowNet2; here it is the caller's.
 */
public final class LaiProtocol {

  private static final double BOUNDARY = 0.002;

  private LaiProtocol() {}

  /**
   * The pixels of a frame that are visible in the next one.
   *
   * @param forward flow from each pixel to its position in the next frame
   * @param mask 1 for visible pixels, 0 elsewhere
   */
  public record Visible(FlowField forward, float[] mask) {
    public Visible {
      if (mask.length * 2 != forward.xy().length) {
        throw new IllegalArgumentException(
            "a mask of %d pixels does not fit a flow of %d x %d"
                .formatted(mask.length, forward.width(), forward.height()));
      }
    }

    /** Computes both flows and the mask. */
    public static Visible between(GreyImage frame, GreyImage next, OpticalFlow flow) {
      return of(flow.between(frame, next), flow.between(next, frame));
    }

    static Visible of(FlowField forward, FlowField backward) {
      float[] returning = Interpolation.LINEAR.warp(backward.xy(), 2, forward);
      float[] mask = new float[returning.length / 2];
      for (int i = 0; i < mask.length; i++) {
        boolean visible = agree(forward.xy(), returning, i) && !isBoundary(forward, i);
        mask[i] = visible ? 1 : 0;
      }
      return new Visible(forward, mask);
    }
  }

  private static boolean agree(float[] u, float[] w, int i) {
    double gap = square(u[2 * i] + w[2 * i]) + square(u[2 * i + 1] + w[2 * i + 1]);
    double speeds = speed(u, i) + speed(w, i);
    return gap <= 0.01 * speeds + 0.5;
  }

  private static boolean isBoundary(FlowField u, int i) {
    int width = u.width();
    double gradient = 0;
    if (i % width < width - 1) {
      gradient += distance(u.xy(), i, i + 1);
    }
    if (i / width < u.height() - 1) {
      gradient += distance(u.xy(), i, i + width);
    }
    return gradient > 0.01 * speed(u.xy(), i) + BOUNDARY;
  }

  private static double distance(float[] u, int i, int j) {
    return square(u[2 * i] - u[2 * j]) + square(u[2 * i + 1] - u[2 * j + 1]);
  }

  private static double speed(float[] u, int i) {
    return square(u[2 * i]) + square(u[2 * i + 1]);
  }

  /**
   * Computes the error between two frames.
   *
   * @param frame interleaved RGB in 0..255
   * @param next the frame after it
   * @param visible by the source's frames
   * @return the mean squared difference, for colours in 0..1
   */
  public static double error(float[] frame, float[] next, Visible visible) {
    float[] warped = Interpolation.LINEAR.warp(next, 3, visible.forward());
    double sum = 0;
    long pixels = 0;
    for (int i = 0; i < visible.mask().length; i++) {
      if (visible.mask()[i] > 0) {
        pixels++;
        for (int value = 3 * i; value < 3 * i + 3; value++) {
          sum += square((warped[value] - frame[value]) / 255.0) / 3;
        }
      }
    }
    return pixels == 0 ? 0 : sum / pixels;
  }

  private static double square(double a) {
    return a * a;
  }
}
