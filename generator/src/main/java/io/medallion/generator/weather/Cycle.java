package io.medallion.generator.weather;

/** The cosine of a part of a cycle out of a table: a tenth of the cost, a thousandth off. */
final class Cycle {

  private static final int STEPS = 4096;
  private static final float[] COSINES = cosines();

  private Cycle() {}

  /** The cosine at a part of the cycle, 0 and 1 being its peak; any number, also negative. */
  static double cosine(double part) {
    return COSINES[(int) Math.floor(part * STEPS) & (STEPS - 1)];
  }

  private static float[] cosines() {
    float[] cosines = new float[STEPS];
    for (int i = 0; i < STEPS; i++) {
      cosines[i] = (float) Math.cos(2 * Math.PI * i / STEPS);
    }
    return cosines;
  }
}
