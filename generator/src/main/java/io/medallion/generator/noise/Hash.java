package io.medallion.generator.noise;

/** Repeatable random numbers: a number's hash is the random draw that belongs to it. */
public final class Hash {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1.0p-53;

  private Hash() {}

  /**
   * 64 well mixed bits for the {@code index}-th draw of a seed (SplitMix64, Steele et al. 2014).
   */
  public static long of(long seed, long index) {
    long z = seed + index * GOLDEN_GAMMA;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The hash as a number in [0, 1). */
  public static double unit(long hash) {
    return (hash >>> 11) * UNIT;
  }

  /** The hash's upper half as an index in [0, bound). */
  public static int index(long hash, int bound) {
    return (int) (((hash >>> 32) * bound) >>> 32);
  }
}
