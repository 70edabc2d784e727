package io.medallion.contract;

import io.medallion.contract.expressions.ValueType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the events of a lake are and what is made of them: immutable, checked as a whole. Read by
 * {@link ContractReader}.
 *
 * @param name of the kind of events
 * @param version counts up with every change of what is accepted; quarantine has it
 * @param description for people; empty without
 * @param fields the columns of silver that the event has, in their order
 * @param rules beside the ranges of fields, in the order of their precedence
 * @param silver the columns that follow from them
 * @param gold at least one table
 * @param text the file that it was read from
 */
public record Contract(
    String name,
    int version,
    String description,
    EventForm event,
    List<Field> fields,
    List<Rule> rules,
    List<DerivedColumn> silver,
    List<GoldTable> gold,
    String text)
    implements Serializable {

  public Contract {
    fields = List.copyOf(fields);
    rules = List.copyOf(rules);
    silver = List.copyOf(silver);
    gold = List.copyOf(gold);
  }

  /** The field of that name. */
  public Optional<Field> field(String fieldName) {
    return fields.stream().filter(field -> field.name().equals(fieldName)).findFirst();
  }

  /** The place of a field among {@link #fields}; −1 if there is none of that name. */
  public int indexOf(String fieldName) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(fieldName)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * The columns that are expressions, in their order. An event has their values behind those of its
   * {@link #fields}.
   */
  public List<DerivedColumn> computed() {
    return silver.stream().filter(DerivedColumn::isComputed).toList();
  }

  /** How many values an event has: of its fields, and of {@link #computed} columns. */
  public int valueCount() {
    return fields.size() + computed().size();
  }

  /** The place of a field or a computed column among an event's values; −1 if it is neither. */
  public int placeOf(String column) {
    int field = indexOf(column);
    if (field >= 0) {
      return field;
    }
    List<String> names = computed().stream().map(DerivedColumn::name).toList();
    return names.contains(column) ? fields.size() + names.indexOf(column) : -1;
  }

  /**
   * What a column of silver holds for gold, where directions, and calls of functions, are numbers.
   */
  public ValueType typeInGold(String column) {
    if (column.equals(keyColumn())) {
      return ValueType.STRING;
    }
    Optional<ValueType> ofField = field(column).map(field -> field.type().valueType());
    return ofField
        .or(
            () ->
                derived(column)
                    .filter(DerivedColumn::isComputed)
                    .map(derived -> derived.formula().type()))
        .orElse(ValueType.DOUBLE);
  }

  /** The derived column of that name. */
  public Optional<DerivedColumn> derived(String columnName) {
    return silver.stream().filter(column -> column.name().equals(columnName)).findFirst();
  }

  /** The name of the column that groups events. */
  public String keyColumn() {
    return event.key().column();
  }

  /** The same contract with other fields, for a job whose settings override their ranges. */
  public Contract with(List<Field> newFields) {
    return new Contract(name, version, description, event, newFields, rules, silver, gold, text);
  }

  /** The same contract with another range and severity of a field with numbers. */
  public Contract with(String field, Range range, Severity severity) {
    List<Field> changed = new ArrayList<>(fields);
    int index = indexOf(field);
    changed.set(index, changed.get(index).with(range, severity));
    return with(changed);
  }

  /** As it is written in {@link #text}: with its own ranges. */
  public Contract declared() {
    return ContractReader.read(name, text);
  }

  /** The fields whose ranges are others than in {@link #text}. Reads that. */
  public List<Field> overridden() {
    List<Field> declared = declared().fields();
    return fields.stream().filter(field -> !declared.contains(field)).toList();
  }

  /** Travels as its text, and the fields whose ranges are others than there. */
  private Object writeReplace() {
    return new SerializedContract(this);
  }

  @Override
  public String toString() {
    return "%s version %d".formatted(name, version);
  }
}
