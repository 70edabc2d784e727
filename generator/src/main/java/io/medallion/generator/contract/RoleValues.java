package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Range;
import io.medallion.contract.TimeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The forms that the value of a role can have, the usual one first. Which of them a place in the
 * body allows is for {@link Acceptance} to say.
 */
final class RoleValues {

  private static final Range POSITIVE = new Range(1, 0x1p52);
  private static final int RUN_AND_MANY_EVENTS = 16;

  private final EventForm event;

  RoleValues(EventForm event) {
    this.event = event;
  }

  /**
   * A form of a value.
   *
   * @param text what it says, without quotes; has nothing to escape
   */
  record Form(ValueMaker text, boolean isQuoted) {

    ValueMaker json() {
      return isQuoted ? text.quoted() : text;
    }
  }

  /**
   * The forms in the body.
   *
   * @param field that is there too; empty if there is none
   */
  List<Form> inBody(Role role, Optional<Field> field) {
    return switch (role) {
      case TIME -> times();
      case KEY -> keys(field);
      case ID -> ids(field);
    };
  }

  /** The form in a header or in the record's key. */
  ValueMaker outside(Role role) {
    return inBody(role, Optional.empty()).get(0).text();
  }

  private List<Form> times() {
    TimeFormat format = event.timeFormat();
    List<Form> forms = new ArrayList<>();
    if (format.allowsIso()) {
      forms.add(new Form(Times.iso(format), true));
    }
    format.pattern().ifPresent(pattern -> forms.add(new Form(Times.of(pattern), true)));
    format.epoch().ifPresent(unit -> forms.add(new Form(Times.epoch(unit, format), false)));
    return forms;
  }

  private List<Form> keys(Optional<Field> field) {
    String name = event.key().column().replaceFirst("_?(?i:id)$", "").toLowerCase(Locale.ROOT);
    String prefix = name.isEmpty() ? "sender" : name;
    ValueMaker number = number(field, (moment, ends) -> ends.least() + moment.sender());
    List<Form> forms = new ArrayList<>();
    if (event.key().acceptsNumber()) {
      forms.add(new Form(number, false));
    }
    // No part of a joined key has the character between them.
    forms.add(new Form(name(prefix + (event.key().join().equals("-") ? "_" : "-")), true));
    forms.add(new Form(number, true));
    field.ifPresent(
        texts -> {
          List<byte[]> values =
              Words.usable(texts)
                  .filter(text -> !text.isEmpty())
                  .map(text -> Words.withoutQuotes(Words.json(text)))
                  .toList();
          if (!values.isEmpty()) {
            forms.add(
                new Form(
                    (moment, out) -> out.put(values.get(moment.sender() % values.size())), true));
          }
        });
    return forms;
  }

  /** As {@code device-0001}. */
  private static ValueMaker name(String prefix) {
    byte[] start = prefix.getBytes(UTF_8);
    return (moment, out) -> {
      int number = moment.sender() + 1;
      out.put(start);
      for (int least = 1000; number < least; least /= 10) {
        out.put((byte) '0');
      }
      out.putLong(number);
    };
  }

  private List<Form> ids(Optional<Field> field) {
    ValueMaker number =
        number(
            field,
            (moment, ends) ->
                ends.most() >= POSITIVE.max()
                    ? moment.run().numericId(moment.index())
                    : ends.least() + moment.index());
    List<Form> forms = new ArrayList<>();
    if (event.id().acceptsNumber()) {
      forms.add(new Form(number, false));
    }
    if (field.map(Field::maxLength).orElse(Field.MAX_TEXT) >= RUN_AND_MANY_EVENTS) {
      forms.add(new Form((moment, out) -> moment.run().writeId(moment.index(), out), true));
    }
    forms.add(new Form(number, true));
    return forms;
  }

  private interface Counter {
    double at(Moment moment, WholeNumbers.Ends ends);
  }

  /** A whole number, counted anew where the field has room for no more. */
  private static ValueMaker number(Optional<Field> field, Counter counter) {
    WholeNumbers.Ends ends = field.flatMap(RoleValues::room).orElse(ends(POSITIVE));
    double span = ends.most() - ends.least() + 1;
    return (moment, out) -> {
      double past = (counter.at(moment, ends) - ends.least()) % span;
      out.putLong((long) (ends.least() + past));
    };
  }

  /** The whole numbers that a field has, not below 0; empty if there are none. */
  private static Optional<WholeNumbers.Ends> room(Field field) {
    Range allowed = field.range().orElse(field.limits());
    if (field.type() == FieldType.STRING) {
      allowed = new Range(1, Math.min(POSITIVE.max(), Math.pow(10, field.maxLength())) - 0.5);
    } else if (field.isConverted() || allowed.max() <= 0) {
      return Optional.empty();
    }
    double least = Math.max(0, allowed.min());
    double most = Math.min(POSITIVE.max(), allowed.max());
    return least < most ? WholeNumbers.in(new Range(least, most)) : Optional.empty();
  }

  private static WholeNumbers.Ends ends(Range range) {
    return new WholeNumbers.Ends(range.min(), range.max());
  }
}
