package io.medallion.job.table;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import java.util.Map;
import java.util.Optional;

/** The contract that a lake's tables were written by, as their properties tell it. */
public final class LakeContract {

  /** The property of a table that has the contract's text. */
  public static final String TEXT_PROPERTY = LakeTable.CONTRACT_PROPERTY + ".text";

  private LakeContract() {}

  /**
   * The contract of a table; the weather's if its properties name none.
   *
   * @throws ContractException if they name one that is not known here
   */
  public static Optional<Contract> of(Map<String, String> tableProperties) {
    String name =
        tableProperties.getOrDefault(LakeTable.CONTRACT_PROPERTY, ContractReader.STANDARD);
    String text = tableProperties.get(TEXT_PROPERTY);
    Contract contract =
        text == null
            ? ContractReader.shipped(name).orElseThrow(() -> unknown(name))
            : ContractReader.read(name, text);
    return Optional.of(contract);
  }

  private static ContractException unknown(String name) {
    return new ContractException(
        "The lake has events of the contract '%s', which neither ships nor is stored with its tables: start the job on it once, which stores it"
            .formatted(name));
  }
}
