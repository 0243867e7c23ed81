package io.reverie.core.dream.transform;

/**
 * Random draws by counter: each is a function of its key alone, so that the order of the work, the
 * number of workers and a retry cannot change them. The mixing function is SplitMix64's (Steele et
 * al. 2014).
 *
 * @param seed of the spec
 * @param pts of the frame in its stream's time base; 0 for a still
 */
public record CounterRng(long seed, long pts) {

  /**
   * A shift, uniform in -limit..limit.
   *
   * @param axis 0 for rows, 1 for columns
   */
  int shift(int octave, int step, int axis, int limit) {
    long key = mix(mix(mix(mix(seed) ^ pts) ^ octave) ^ (2L * step + axis));
    return (int) Math.floorMod(key, 2L * limit + 1) - limit;
  }

  /**
   * A number, uniform in [0, 1).
   *
   * @param stream tells several draws of a step apart, at least 2
   */
  public double uniform(int octave, int step, int stream) {
    long key = mix(mix(mix(mix(seed) ^ pts) ^ octave) ^ step);
    return (mix(key ^ ((long) stream << 32)) >>> 11) * 0x1p-53;
  }

  /** A number of the standard normal distribution (Box and Muller 1958); takes two streams. */
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
