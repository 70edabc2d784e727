package io.medallion.contract;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How a {@link Contract} travels between processes, which have the same release. */
final class SerializedContract implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String text;

  /** The ranges of fields that are others than in the text. */
  private final ArrayList<Changed> changed = new ArrayList<>();

  private record Changed(int field, Range range, Severity severity) implements Serializable {}

  SerializedContract(Contract contract) {
    text = contract.text();
    List<Field> original = ContractReader.read(contract.name(), text).fields();
    for (int i = 0; i < original.size(); i++) {
      Field field = contract.fields().get(i);
      if (!field.equals(original.get(i))) {
        changed.add(new Changed(i, field.range().orElseThrow(), field.severity()));
      }
    }
  }

  private Object readResolve() {
    Contract contract = ContractReader.read("contract", text);
    List<Field> fields = new ArrayList<>(contract.fields());
    for (Changed field : changed) {
      fields.set(field.field, fields.get(field.field).with(field.range, field.severity));
    }
    return contract.with(fields);
  }
}
