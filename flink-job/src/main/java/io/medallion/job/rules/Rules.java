package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import java.io.Serializable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The rules that an event is judged by: those of its contract, as far as the job's settings do not
 * override them.
 *
 * @param contract with the ranges that count
 * @param original as it was read
 * @param eventTime on the event time, once the arrival is known
 */
public record Rules(Contract contract, Contract original, EventTimeRule eventTime)
    implements Serializable {

  private static final int OVERRIDDEN = 1_000_000;

  /**
   * The rules of a contract, which may have ranges already that settings put in place of its own.
   */
  public static Rules of(Contract contract) {
    return new Rules(contract, contract.declared(), EventTimeRule.standard());
  }

  /** The rules of the weather. */
  public static Rules standard() {
    return of(ContractReader.standard());
  }

  /**
   * The same rules but for a field's range.
   *
   * @throws IllegalArgumentException if the range is not within the field's limits, or there is no
   *     such field with numbers
   */
  public Rules with(String field, Range range, Severity severity) {
    Field changed =
        contract
            .field(field)
            .filter(Rules::hasNumbers)
            .orElseThrow(() -> new IllegalArgumentException("no field with numbers: " + field));
    if (!changed.limits().contains(range)) {
      throw new IllegalArgumentException("%s is not within %s".formatted(range, changed.limits()));
    }
    return new Rules(contract.with(field, range, severity), original, eventTime);
  }

  /** The same rules but for the one on event times. */
  public Rules with(EventTimeRule rule) {
    return new Rules(contract, original, rule);
  }

  /** Whether a field has limits, and may have a range. */
  public static boolean hasNumbers(Field field) {
    return field.type() == FieldType.DOUBLE || field.type() == FieldType.LONG;
  }

  /** What checks the numbers of an event. */
  public RangeCheck rangeCheck() {
    return new RangeCheck(contract);
  }

  /**
   * What quarantine calls these rules: the contract's version, or if anything is set otherwise,
   * that times a million plus a number from 1 to 999,999 which follows from what is: 3 is version 3
   * as it comes, 3481937 some settings on it. The same settings have the same number in every job.
   */
  public int version() {
    String overrides = overrides();
    if (overrides.isEmpty()) {
      return contract.version();
    }
    CRC32 checksum = new CRC32();
    checksum.update(overrides.getBytes(UTF_8));
    return contract.version() * OVERRIDDEN + 1 + (int) (checksum.getValue() % (OVERRIDDEN - 1));
  }

  /** What is not as it comes; empty if nothing is. */
  private String overrides() {
    Stream<String> ranges =
        contract.fields().stream()
            .filter(field -> !original.fields().contains(field))
            .map(
                field ->
                    "%s: %s outside %s %s"
                        .formatted(
                            field.name(),
                            field.severity(),
                            field.range().orElse(field.limits()),
                            field.unit()));
    Stream<String> time = Stream.of(eventTime.overrides()).filter(text -> !text.isEmpty());
    return Stream.concat(ranges, time).collect(Collectors.joining("; "));
  }

  /** The version and what is configured, for the log of the job: there the number's meaning is. */
  @Override
  public String toString() {
    String overrides = overrides();
    return "Rules[contract=%s, version=%d%s]"
        .formatted(
            contract.name(), version(), overrides.isEmpty() ? "" : ", overrides=" + overrides);
  }
}
