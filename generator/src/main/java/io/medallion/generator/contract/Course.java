package io.medallion.generator.contract;

import io.medallion.generator.noise.Hash;
import io.medallion.generator.noise.SmoothNoise;

/**
 * The course of a value over time: smooth, about a level that each sender has of its own, with slow
 * and fast changes and a little spread. The same moment has the same value.
 */
final class Course {

  private static final double SLOW = 30 * 60_000.0;
  private static final double MIDDLE = 3 * 60_000.0;
  private static final double FAST = 20_000.0;

  /** How far from the level a value is at most. */
  private static final double REACH = 0.2;

  private Course() {}

  /**
   * A number from 0.05 to 0.95.
   *
   * @param salt of the value among those of an event
   */
  static double at(Moment moment, long salt) {
    long seed = moment.ofSender(salt);
    double level = 0.25 + 0.5 * Hash.unit(seed);
    double change =
        0.50 * SmoothNoise.at(seed + 1, moment.time() / SLOW)
            + 0.35 * SmoothNoise.at(seed + 2, moment.time() / MIDDLE)
            + 0.12 * SmoothNoise.at(seed + 3, moment.time() / FAST)
            + 0.03 * (2 * Hash.unit(moment.ofEvent(salt)) - 1);
    return level + REACH * change;
  }
}
