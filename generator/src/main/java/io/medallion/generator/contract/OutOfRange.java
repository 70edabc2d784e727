package io.medallion.generator.contract;

import io.medallion.contract.Field;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import java.util.List;
import java.util.stream.DoubleStream;

/** Numbers that an event is rejected for, a little beyond each end of what is allowed. */
final class OutOfRange {

  private static final double LITTLE = 0.01;

  private OutOfRange() {}

  static List<String> numbers(Field field) {
    Range allowed = allowed(field);
    double step = LITTLE * (allowed.max() - allowed.min());
    return DoubleStream.of(allowed.min() - step, allowed.max() + step)
        .map(number -> Numbers.toBody(field, number))
        .filter(number -> Double.isFinite(number) && isOutside(allowed, field.converted(number)))
        .mapToObj(Double::toString)
        .toList();
  }

  static List<String> wholeNumbers(Field field) {
    Range allowed = allowed(field);
    double step = Math.max(1, Math.rint(LITTLE * (allowed.max() - allowed.min())));
    return DoubleStream.of(Math.ceil(allowed.min()) - step, Math.floor(allowed.max()) + step)
        .filter(number -> Math.abs(number) < 0x1p63 && isOutside(allowed, number))
        .mapToObj(number -> Long.toString((long) number))
        .toList();
  }

  /** Beyond a range that only warns are the limits. */
  private static Range allowed(Field field) {
    return field.severity() == Severity.WARN
        ? field.limits()
        : field.range().orElse(field.limits());
  }

  private static boolean isOutside(Range allowed, double number) {
    return number < allowed.min() || number > allowed.max();
  }
}
