package io.medallion.generator.contract;

import io.medallion.contract.Field;
import io.medallion.contract.Range;
import io.medallion.generator.event.ByteWriter;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * Numbers of a field: such that they are in its range once they are in the column's unit, rounded
 * to about a thousandth of it.
 *
 * @param within what is plausible, in the column's unit
 * @param decimals of the number in the body
 * @param power ten to the power of the decimals
 * @param otherwise where rounding leads out of the range
 */
record Numbers(Field field, Range within, int decimals, double power, double otherwise, long salt)
    implements ValueMaker {

  private static final Range STANDARD = new Range(0, 100);

  /** Whole numbers below it are exact in a double, and so are powers of ten up to it. */
  private static final double EXACT = 1e15;

  private static final int MAX_DECIMALS = 15;

  /** Empty if the contract allows no number. */
  static Optional<ValueMaker> of(Field field, long salt) {
    Range within = plausible(field);
    double decimals =
        Math.ceil(
            3 - Math.log10(within.max() - within.min()) + Math.log10(Math.abs(field.scale())));
    int places = (int) Math.max(0, Math.min(MAX_DECIMALS, decimals));
    double power = Math.pow(10, places);
    DoubleStream middleAndEnds =
        DoubleStream.of(within.min() / 2 + within.max() / 2, within.min(), within.max());
    return middleAndEnds
        .map(number -> toBody(field, number))
        .filter(number -> within.contains(field.converted(number)))
        .boxed()
        .findFirst()
        .map(number -> new Numbers(field, within, places, power, number, salt))
        .map(numbers -> sometimesQuoted(field, numbers));
  }

  private static ValueMaker sometimesQuoted(Field field, ValueMaker numbers) {
    if (!field.acceptsText()) {
      return numbers;
    }
    return field.form().decimalComma()
        ? numbers.sometimes(numbers.withDecimalComma().quoted())
        : numbers.sometimesQuoted();
  }

  /** The range; without one 0 to 100, or the limits if they are narrower. */
  static Range plausible(Field field) {
    Range limits = field.limits();
    return field.range().orElse(limits.contains(STANDARD) ? STANDARD : limits);
  }

  /** The inverse of {@link Field#converted}, as far as doubles have one. */
  static double toBody(Field field, double number) {
    return field.isConverted() ? (number - field.offset()) / field.scale() : number;
  }

  @Override
  public void write(Moment moment, ByteWriter out) {
    double wanted = within.min() + (within.max() - within.min()) * Course.at(moment, salt);
    double digits = Math.rint(toBody(field, wanted) * power);
    if (Math.abs(digits) < EXACT && within.contains(field.converted(digits / power))) {
      out.putDecimal((long) digits, decimals);
    } else if (within.contains(field.converted(toBody(field, wanted)))) {
      out.putAscii(Double.toString(toBody(field, wanted)));
    } else {
      out.putAscii(Double.toString(otherwise));
    }
  }
}
