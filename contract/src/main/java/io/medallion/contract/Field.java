package io.medallion.contract;

import java.util.List;
import java.util.Optional;

/**
 * A value that an event has, and the column of silver with its name.
 *
 * @param paths where it may be in the body; an event has it at one of them at most
 * @param required whether an event without it is rejected
 * @param range plausible numbers; a breach has {@code severity}
 * @param limits numbers beyond which every event is rejected: no measurement, or more than sums can
 *     hold
 * @param values the only texts allowed; empty for any
 * @param maxLength characters of a text, in UTF-16 units
 * @param form how a value may come in the body beside in its own JSON type
 * @param scale the number in the body is multiplied by it, then {@code offset} is added: into
 *     {@code unit}
 * @param onInvalid what becomes of an event whose value is not as declared: REJECT, or WARN, which
 *     makes it null and flags the event; only of a field that is not required
 * @param unit for people; empty without
 * @param description for people; empty without
 */
public record Field(
    String name,
    FieldType type,
    List<JsonPath> paths,
    boolean required,
    Optional<Range> range,
    Severity severity,
    Range limits,
    List<String> values,
    int maxLength,
    ValueForm form,
    double scale,
    double offset,
    TimeFormat format,
    Severity onInvalid,
    String unit,
    String description) {

  /** Characters of a text at most, whatever is declared. */
  public static final int MAX_TEXT = 256;

  /** What sums of more events than there are have room for; the most that limits may allow. */
  static final Range STANDARD_LIMITS = new Range(-1e18, 1e18);

  /** All whole numbers of 64 bits. */
  static final Range ALL_LONGS = new Range(-0x1p63, 0x1p63);

  public Field {
    paths = List.copyOf(paths);
    values = List.copyOf(values);
  }

  /** Whether the contract gives limits of its own. */
  public boolean hasOwnLimits() {
    return !limits.equals(STANDARD_LIMITS) && !limits.equals(ALL_LONGS);
  }

  /** Whether a number or boolean may come in quotes. */
  public boolean acceptsText() {
    return form.acceptsText();
  }

  /** Whether numbers come in another unit than the column's. */
  public boolean isConverted() {
    return scale != 1 || offset != 0;
  }

  /** A number of the body in the unit of the column. */
  public double converted(double number) {
    return isConverted() ? number * scale + offset : number;
  }

  /** The same field with another range and severity, for a job whose settings override them. */
  public Field with(Range newRange, Severity newSeverity) {
    return new Field(
        name,
        type,
        paths,
        required,
        Optional.of(newRange),
        newSeverity,
        limits,
        values,
        maxLength,
        form,
        scale,
        offset,
        format,
        onInvalid,
        unit,
        description);
  }
}
