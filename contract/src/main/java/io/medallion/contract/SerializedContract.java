package io.medallion.contract;

import java.io.Serializable;
import java.util.ArrayList;

/** How a {@link Contract} travels between processes, which have the same release. */
final class SerializedContract implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String text;

  /** The ranges of fields that are others than in the text. */
  private final ArrayList<Changed> changed = new ArrayList<>();

  private record Changed(String field, Range range, Severity severity) implements Serializable {}

  SerializedContract(Contract contract) {
    text = contract.text();
    for (Field field : contract.overridden()) {
      changed.add(new Changed(field.name(), field.range().orElseThrow(), field.severity()));
    }
  }

  private Object readResolve() {
    Contract contract = ContractReader.read("contract", text);
    for (Changed field : changed) {
      contract = contract.with(field.field, field.range, field.severity);
    }
    return contract;
  }
}
