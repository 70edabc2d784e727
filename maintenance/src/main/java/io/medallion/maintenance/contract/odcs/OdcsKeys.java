package io.medallion.maintenance.contract.odcs;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What tells the rows of a table apart, and how its files are parted.
 *
 * @param row columns that no two rows have the same values in
 * @param partition the partition column; empty without
 */
record OdcsKeys(List<String> row, Optional<String> partition) {

  OdcsKeys {
    row = List.copyOf(row);
  }

  /** Adds what a column is in them. */
  void describe(String column, Map<String, Object> property) {
    int position = row.indexOf(column) + 1;
    if (position > 0) {
      property.put("primaryKey", true);
      property.put("primaryKeyPosition", position);
    }
    if (partition.filter(column::equals).isPresent()) {
      property.put("partitioned", true);
      property.put("partitionKeyPosition", 1);
    }
  }
}
