package io.medallion.contract.compare;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Literals;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.contract.ValueForm;
import io.medallion.contract.compare.Difference.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares two declarations of a field, which have a column of the same type. */
final class FieldDiff {

  private final Differences found;
  private final String place;
  private final Replay replay;

  FieldDiff(Differences found, Replay replay, String place) {
    this.found = found;
    this.replay = replay;
    this.place = place;
  }

  void add(EventForm oldForm, Field old, EventForm nextForm, Field next) {
    List<String> all = replay.everything();
    restating("type", lower(old.type()), lower(next.type()));
    found.places(place, "from", from(oldForm, old), from(nextForm, next), all);
    if (old.required() != next.required()) {
      found.restating(
          place, next.required() ? "the field is required now" : "the field is optional now", all);
    }
    found.compareRestating(
        place,
        "range",
        old.range().map(Range::inContract),
        next.range().map(Range::inContract),
        all);
    if (old.range().isPresent() && next.range().isPresent()) {
      restating("severity", lower(old.severity()), lower(next.severity()));
    }
    restating("limits", old.limits().inContract(), next.limits().inContract());
    found.compareRestating(place, "values", given(old.values()), given(next.values()), all);
    restating("maxLength", old.maxLength(), next.maxLength());
    addForm(old, next);
    addConversion(old, next);
    found.format(place, old.format(), next.format(), all);
    found.tolerance(
        place,
        "an invalid value, which becomes null,",
        old.onInvalid() == Severity.WARN,
        next.onInvalid() == Severity.WARN,
        all);
    found.text(Kind.ADDITIVE, place, "unit", old.unit(), next.unit());
    found.text(Kind.ADDITIVE, place, "description", old.description(), next.description());
  }

  private void addForm(Field oldField, Field nextField) {
    List<String> all = replay.everything();
    ValueForm old = oldField.form();
    ValueForm next = nextField.form();
    found.tolerance(place, "text in quotes", old.acceptsText(), next.acceptsText(), all);
    found.tolerance(place, "a number or boolean", old.acceptsNumber(), next.acceptsNumber(), all);
    restating("decimalChar", old.decimalComma() ? "," : ".", next.decimalComma() ? "," : ".");
    boolean isNumber = oldField.type() == FieldType.DOUBLE || oldField.type() == FieldType.LONG;
    boolean wereInvalid =
        isNumber
            && next.missing().written().stream()
                .allMatch(text -> old.missing().hasText(text) || !mayBeNumber(text, old));
    found.literals(place, "missingValues", old.missing(), next.missing(), wereInvalid, all);
    found.literals(place, "trueValues", old.trueValues(), next.trueValues(), true, all);
    found.literals(place, "falseValues", old.falseValues(), next.falseValues(), true, all);
  }

  private static boolean mayBeNumber(String text, ValueForm form) {
    return Literals.isNumber(text)
        || (form.decimalComma() && Literals.isNumber(text.replace(',', '.')));
  }

  private void addConversion(Field old, Field next) {
    restating("scale", plain(old.scale()), plain(next.scale()));
    restating("offset", plain(old.offset()), plain(next.offset()));
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private void restating(String name, Object old, Object next) {
    found.compareRestating(place, name, Optional.of(old), Optional.of(next), replay.everything());
  }

  private static List<String> from(EventForm form, Field field) {
    return field.paths().stream().map(path -> form.written(path)).toList();
  }

  private static Optional<List<String>> given(List<String> values) {
    return Optional.of(values)
        .filter(some -> !some.isEmpty())
        .map(some -> some.stream().sorted().toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
