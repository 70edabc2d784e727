package io.medallion.job.table;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.delta.RowEncoder;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * One table of the lake and how an element of the stream becomes a row of it.
 *
 * @param name of the sink in the table's history: never to be changed
 * @param path under the lake's root
 * @param contract the name of the contract that its columns follow from; empty if they are the same
 *     in all lakes, and for the weather, whose tables are older than contracts
 * @param partitionColumn the date column that the table is partitioned by, if it is
 */
public record LakeTable<T>(
    String name,
    String path,
    RowType rowType,
    Optional<String> contract,
    Optional<String> partitionColumn,
    RowEncoder<T> encoder) {

  /** The property of a table that names its contract. */
  public static final String CONTRACT_PROPERTY = "medallion.contract";

  /** What a table of that contract has for {@link #contract}. */
  public static Optional<String> contractName(Contract contract) {
    return Optional.of(contract.name()).filter(name -> !name.equals(ContractReader.STANDARD));
  }
}
