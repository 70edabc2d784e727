package io.medallion.job.decode;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Rule;
import io.medallion.contract.Severity;
import io.medallion.contract.expressions.Expression;
import io.medallion.contract.expressions.NamedValues;
import io.medallion.contract.expressions.ValueType;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.QualityFlags;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Judges events by the rules of a contract, and fills the columns that are expressions.
 *
 * <p>Never throws. Of several broken rules that reject, the first in the contract counts. An event
 * that is rejected has no such columns. One instance a thread.
 */
final class EventExpressions {

  /** Values in the detail of a broken rule. */
  private static final int MAX_SHOWN = 8;

  private final Contract contract;
  private final List<DerivedColumn> columns;

  /** The last text of each column: the next one mostly is the same. */
  private final Text[] texts;

  /** How a value is read from an event; null if it has none. */
  private interface Getter {
    Object of(EventRecord event);
  }

  private final Map<String, Getter> getters = new HashMap<>();

  EventExpressions(Contract contract) {
    this.contract = contract;
    this.columns = contract.computed();
    this.texts = new Text[columns.size()];
    for (int i = 0; i < contract.fields().size(); i++) {
      getters.put(
          contract.fields().get(i).name(), getter(contract.fields().get(i).type().valueType(), i));
    }
    getters.put(contract.keyColumn(), event -> event.group.value);
    getters.put("eventTime", event -> Instant.ofEpochMilli(event.eventTime));
  }

  private static Getter getter(ValueType type, int i) {
    return switch (type) {
      case DOUBLE -> event -> Double.isNaN(event.numbers[i]) ? null : event.numbers[i];
      case LONG -> event -> isAbsent(event, i) ? null : event.integers[i];
      case BOOLEAN -> event -> isAbsent(event, i) ? null : event.integers[i] != 0;
      case STRING -> event -> event.texts[i] == null ? null : event.texts[i].value;
      case TIMESTAMP ->
          event -> isAbsent(event, i) ? null : Instant.ofEpochMilli(event.integers[i]);
    };
  }

  private static boolean isAbsent(EventRecord event, int i) {
    return event.integers[i] == EventRecord.ABSENT;
  }

  /** Notes the verdict on a valid event, and what follows from its values. */
  void evaluate(EventRecord event) {
    if (contract.rules().isEmpty() && columns.isEmpty()) {
      return;
    }
    NamedValues values = name -> getters.get(name).of(event);
    for (int i = 0; i < contract.rules().size(); i++) {
      Rule rule = contract.rules().get(i);
      if (Boolean.FALSE.equals(rule.check().of(values))) {
        if (rule.severity() == Severity.REJECT) {
          event.rejectBy(rule.code(), detail(rule, values));
          return;
        }
        event.warn(QualityFlags.broken(contract, i));
      }
    }
    for (int i = 0; i < columns.size(); i++) {
      Object value = columns.get(i).formula().of(values);
      if (value != null) {
        fill(event, i, value);
      }
    }
  }

  private void fill(EventRecord event, int column, Object value) {
    int place = contract.fields().size() + column;
    switch (columns.get(column).formula().type()) {
      case DOUBLE -> event.numbers[place] = (double) value;
      case LONG -> {
        event.integers[place] = (long) value;
        event.numbers[place] = event.integers[place];
      }
      case BOOLEAN -> event.integers[place] = (boolean) value ? 1 : 0;
      case STRING -> {
        Text last = texts[column];
        texts[column] = last != null && last.value.equals(value) ? last : new Text((String) value);
        event.texts[place] = texts[column];
      }
      case TIMESTAMP -> event.integers[place] = ((Instant) value).toEpochMilli();
    }
  }

  private static String detail(Rule rule, NamedValues values) {
    Expression check = rule.check();
    String shown =
        check.names().stream()
            .limit(MAX_SHOWN)
            .map(name -> name + " is " + shown(values.of(name)))
            .collect(Collectors.joining(", "));
    return "%s does not hold: %s%s"
        .formatted(
            SafeText.quote(check.text()), shown, check.names().size() > MAX_SHOWN ? ", ..." : "");
  }

  private static String shown(Object value) {
    return value instanceof String text ? SafeText.quote(text) : Objects.toString(value, "absent");
  }
}
