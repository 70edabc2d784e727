package io.medallion.generator.contract;

import io.medallion.contract.Field;
import io.medallion.contract.Range;
import io.medallion.generator.event.ByteWriter;
import java.util.Optional;

/**
 * Whole numbers within a range.
 *
 * @param min a whole number
 * @param max a whole number
 */
record WholeNumbers(double min, double max, long salt) implements ValueMaker {

  /** The one number of 64 bits below it stands for no value. */
  private static final double LEAST = Math.nextUp(-0x1p63);

  private static final double MOST = Math.nextDown(0x1p63);

  /** Empty if the contract allows no number. */
  static Optional<ValueMaker> of(Field field, long salt) {
    return in(Numbers.plausible(field))
        .map(range -> new WholeNumbers(range.least(), range.most(), salt))
        .map(numbers -> field.acceptsText() ? numbers.sometimesQuoted() : numbers);
  }

  /** The ends of the whole numbers of 64 bits that a range has; empty if there are none. */
  static Optional<Ends> in(Range range) {
    double least = Math.max(LEAST, Math.ceil(range.min()));
    double most = Math.min(MOST, Math.floor(range.max()));
    return least <= most ? Optional.of(new Ends(least, most)) : Optional.empty();
  }

  /** Whole numbers, both included. */
  record Ends(double least, double most) {}

  @Override
  public void write(Moment moment, ByteWriter out) {
    double wanted = Math.rint(min + (max - min) * Course.at(moment, salt));
    out.putLong((long) Math.max(min, Math.min(max, wanted)));
  }
}
