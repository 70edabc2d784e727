package io.medallion.maintenance.history;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one version did to its table.
 *
 * @param committed by the writer's clock; if it does not tell, when the version appeared
 * @param operation as the writer calls it, such as {@code STREAMING UPDATE}
 * @param checkpoint of the job that it has the rows of; empty if it is no commit of a checkpoint
 * @param application the writer's name in the version's {@code txn}, with the epoch for a sink;
 *     empty if it has none
 * @param changesRows false if all its files only hold rows of others (Delta's {@code dataChange})
 * @param changesTable whether it has the table's schema or properties, or its protocol
 */
record VersionEntry(
    long version,
    Instant committed,
    String operation,
    OptionalLong checkpoint,
    Optional<String> application,
    Files added,
    Files removed,
    boolean changesRows,
    boolean changesTable) {

  /**
   * Files that came or went.
   *
   * @param rows by the statistics
   * @param rowsKnown whether all files have such statistics
   */
  record Files(long files, long bytes, long rows, boolean rowsKnown) {

    static final Files NONE = new Files(0, 0, 0, true);

    /**
     * With one more.
     *
     * @param itsRows empty if it has no statistics
     */
    Files with(long itsBytes, OptionalLong itsRows) {
      return new Files(
          files + 1, bytes + itsBytes, rows + itsRows.orElse(0), rowsKnown && itsRows.isPresent());
    }
  }
}
