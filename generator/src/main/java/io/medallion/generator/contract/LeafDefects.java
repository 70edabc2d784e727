package io.medallion.generator.contract;

import static io.medallion.generator.event.InvalidKind.INVALID_EVENT_TIME;
import static io.medallion.generator.event.InvalidKind.INVALID_TEXT;
import static io.medallion.generator.event.InvalidKind.MISSING_FIELD;
import static io.medallion.generator.event.InvalidKind.NULL_FIELD;
import static io.medallion.generator.event.InvalidKind.OUT_OF_RANGE;
import static io.medallion.generator.event.InvalidKind.UNKNOWN_WIND_DIRECTION;
import static io.medallion.generator.event.InvalidKind.VALUE_NOT_ALLOWED;
import static io.medallion.generator.event.InvalidKind.WRONG_TYPE;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.Severity;
import io.medallion.contract.ValueForm;
import io.medallion.generator.event.InvalidKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The values that break an event, by the reason for which it is then rejected: each in place of a
 * valid one, and each such that no reason before it fits.
 */
final class LeafDefects {

  private static final int LONG_TEXT = 300;

  private final Contract contract;
  private final Map<InvalidKind, List<Defect>> defects = new EnumMap<>(InvalidKind.class);

  /**
   * A value in place of a valid one.
   *
   * @param json null if the value is left out
   */
  record Defect(int leaf, String json) {}

  private LeafDefects(Contract contract) {
    this.contract = contract;
  }

  /** By kind; kinds that the contract leaves no room for are not there. */
  static Map<InvalidKind, List<Defect>> of(Contract contract, List<Leaf> leaves) {
    LeafDefects all = new LeafDefects(contract);
    for (int i = 0; i < leaves.size(); i++) {
      all.add(i, leaves.get(i));
    }
    return all.defects;
  }

  private void add(int index, Leaf leaf) {
    if (leaf.field().isEmpty()) {
      addRoleOnly(index, leaf.roles());
      return;
    }
    Field field = leaf.field().get();
    if (field.required()) {
      defects
          .computeIfAbsent(MISSING_FIELD, kind -> new ArrayList<>())
          .add(new Defect(index, null));
      // Of a field that may be elsewhere too, a null says nothing.
      add(index, NULL_FIELD, field.paths().size() == 1 ? List.of("null") : List.of());
    }
    if (field.onInvalid() == Severity.REJECT) {
      add(index, WRONG_TYPE, field, wrongTypes(field));
      if (leaf.roles().isEmpty()) {
        addFieldOnly(index, field);
      }
    }
  }

  private void addRoleOnly(int index, Set<Role> roles) {
    add(index, WRONG_TYPE, List.of("true", "[1]", "{\"value\":\"1\"}"));
    if (roles.contains(Role.KEY)) {
      add(index, INVALID_TEXT, List.of("\"\""));
    }
    if (roles.contains(Role.KEY) || roles.equals(Set.of(Role.ID))) {
      add(index, INVALID_TEXT, badTexts(LONG_TEXT));
    }
    if (roles.equals(Set.of(Role.TIME))) {
      add(index, INVALID_EVENT_TIME, badTimes());
    }
  }

  private List<String> badTimes() {
    List<String> times =
        new ArrayList<>(
            List.of(
                "\"yesterday\"",
                "\"\"",
                "\"2026-02-30T00:00:00Z\"",
                "\"1969-12-30T23:59:59Z\"",
                "-1"));
    if (!contract.event().timeFormat().allowsDecimals()) {
      times.add("1.5");
    }
    if (contract.event().timeZone().isEmpty()) {
      times.add("\"2026-03-01T12:00:00\"");
    }
    return times;
  }

  private void addFieldOnly(int index, Field field) {
    switch (field.type()) {
      case DOUBLE -> add(index, OUT_OF_RANGE, field, OutOfRange.numbers(field));
      case LONG -> add(index, OUT_OF_RANGE, field, OutOfRange.wholeNumbers(field));
      case STRING -> {
        boolean isLimited = field.maxLength() < Field.MAX_TEXT;
        add(index, INVALID_TEXT, field, badTexts(isLimited ? field.maxLength() + 1 : LONG_TEXT));
        add(index, VALUE_NOT_ALLOWED, field, otherTexts(field));
      }
      case TIMESTAMP -> {
        add(index, INVALID_TEXT, field, List.of("\"yesterday\"", "\"\"", "-1"));
        add(
            index,
            INVALID_TEXT,
            field,
            field.format().allowsDecimals() ? List.of() : List.of("1.5"));
      }
      case COMPASS ->
          add(
              index,
              UNKNOWN_WIND_DIRECTION,
              field,
              List.of("\"North\"", "\"NNN\"", "\"\"", "\"315\"", "-1", "360.5"));
      case BOOLEAN -> {
        // Whatever is neither true nor false is of another type.
      }
    }
  }

  private static List<String> wrongTypes(Field field) {
    List<String> types = new ArrayList<>(List.of("[1]", "{\"value\":1}"));
    switch (field.type()) {
      case DOUBLE -> {
        boolean isComma = !field.acceptsText() || field.form().decimalComma();
        types.addAll(List.of("true", isComma ? "\"20.5\"" : "\"1,5\""));
      }
      case LONG -> types.addAll(List.of("true", "1.5", field.acceptsText() ? "\"x\"" : "\"20\""));
      case BOOLEAN -> types.addAll(List.of("1", "\"yes\""));
      case STRING ->
          types.addAll(field.form().acceptsNumber() ? List.of() : List.of("7.5", "false"));
      case TIMESTAMP, COMPASS -> types.add("true");
    }
    return types;
  }

  private static List<String> badTexts(int tooLong) {
    return List.of("\"\\ud800\"", "\"\\u0007\"", "\"" + "x".repeat(tooLong) + "\"");
  }

  /** A text of one letter that is none of those that are allowed, if any text is not. */
  private static List<String> otherTexts(Field field) {
    if (field.values().isEmpty()) {
      return List.of();
    }
    return "?!xyzabcdefghijklmnopqrstuvw0123456789"
        .chars()
        .mapToObj(Character::toString)
        .filter(letter -> !field.values().contains(letter))
        .limit(2)
        .map(letter -> "\"" + letter + "\"")
        .toList();
  }

  /** Values that the contract gives a meaning of their own are no defects. */
  private void add(int leaf, InvalidKind kind, Field field, List<String> values) {
    ValueForm form = field.form();
    add(
        leaf,
        kind,
        values.stream()
            .filter(
                json ->
                    Stream.of(form.missing(), form.trueValues(), form.falseValues())
                        .noneMatch(literals -> Present.isOneOf(literals, json)))
            .toList());
  }

  private void add(int leaf, InvalidKind kind, List<String> values) {
    for (String json : values) {
      defects.computeIfAbsent(kind, first -> new ArrayList<>()).add(new Defect(leaf, json));
    }
  }
}
