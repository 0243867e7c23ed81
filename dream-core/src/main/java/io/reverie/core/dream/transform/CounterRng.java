package io.reverie.core.dream.transform;

/**
 * A counter-based random generator: each draw depends only on its key, so the order of work, the
 * number of workers and retries do not change it. Mixes with SplitMix64 (Steele et al. 2014).
 *
 * @param seed the seed of the spec
 * @param pts presentation time of the frame in its stream's time base; 0 for a still
 * @see <a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea and Flood 2014, SplitMix</a>
 * @see <a href="https://doi.org/10.1145/2063384.2063405">Salmon et al. 2011, on counter-based
 *     generators</a>
 */
public record CounterRng(long seed, long pts) {

  /**
   * Returns an integer shift, uniform in -limit..limit.
   *
   * @param axis 0 for rows, 1 for columns
   */
  int shift(int octave, int step, int axis, int limit) {
    long key = mix(mix(mix(mix(seed) ^ pts) ^ octave) ^ (2L * step + axis));
    return (int) Math.floorMod(key, 2L * limit + 1) - limit;
  }

  /**
   * Returns a number that is uniform in [0, 1).
   *
   * @param stream distinguishes draws of one step; at least 2
   */
  public double uniform(int octave, int step, int stream) {
    long key = mix(mix(mix(mix(seed) ^ pts) ^ octave) ^ step);
    return (mix(key ^ ((long) stream << 32)) >>> 11) * 0x1p-53;
  }

  /**
   * Returns a standard normal number (Box and Muller 1958); uses {@code stream} and the next one.
   */
  public double normal(int octave, int step, int stream) {
    double radius = Math.sqrt(-2 * Math.log(1 - uniform(octave, step, stream)));
    return radius * Math.cos(2 * Math.PI * uniform(octave, step, stream + 1));
  }

  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
