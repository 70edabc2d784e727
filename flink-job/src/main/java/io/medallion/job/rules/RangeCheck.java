package io.medallion.job.rules;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks the numbers of an event against the ranges and limits of its contract. Allocates nothing
 * if none is broken.
 */
public final class RangeCheck {

  private final Contract contract;
  private final int[] fields;
  private final double[] min;
  private final double[] max;

  RangeCheck(Contract contract) {
    this.contract = contract;
    List<Integer> indexes = new ArrayList<>();
    for (int i = 0; i < contract.fields().size(); i++) {
      if (Rules.hasNumbers(contract.fields().get(i))) {
        indexes.add(i);
      }
    }
    fields = indexes.stream().mapToInt(i -> i).toArray();
    min = new double[fields.length];
    max = new double[fields.length];
    for (int i = 0; i < fields.length; i++) {
      Field field = contract.fields().get(fields[i]);
      Range range = field.range().orElse(field.limits());
      min[i] = range.min();
      max[i] = range.max();
    }
  }

  /** Notes on the record what is broken; a number that the event does not have breaks nothing. */
  public void check(EventRecord record) {
    double[] numbers = record.numbers;
    for (int i = 0; i < fields.length; i++) {
      double value = numbers[fields[i]];
      if (value < min[i] || value > max[i]) {
        breach(fields[i], value, record);
      }
    }
  }

  private void breach(int index, double value, EventRecord record) {
    Field field = contract.fields().get(index);
    boolean warns = field.range().isPresent() && field.severity() == Severity.WARN;
    Range allowed = warns ? field.limits() : field.range().orElse(field.limits());
    if (allowed.contains(value)) {
      record.warn(QualityFlags.outOfRange(index));
    } else if (field.onInvalid() == Severity.WARN) {
      record.numbers[index] = Double.NaN;
      record.integers[index] = EventRecord.ABSENT;
      record.warn(QualityFlags.invalid(index));
    } else {
      record.reject(
          RejectReason.OUT_OF_RANGE,
          "%s %s is outside %s %s".formatted(field.name(), value, allowed, field.unit()).strip());
    }
  }
}
