package io.medallion.contract;

import java.io.Serializable;
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
    List<DerivedColumn> silver,
    List<GoldTable> gold,
    String text)
    implements Serializable {

  public Contract {
    fields = List.copyOf(fields);
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
    return new Contract(name, version, description, event, newFields, silver, gold, text);
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
