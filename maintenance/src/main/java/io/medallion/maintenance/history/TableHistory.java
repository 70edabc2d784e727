package io.medallion.maintenance.history;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.medallion.maintenance.lake.TableContent;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table as it is, and how it came to be so.
 *
 * @param version the newest
 * @param rows of the newest version, by the files' statistics
 * @param files that the newest version consists of
 * @param versions the newest ones, newest first, as far as the log was not cleaned up
 */
record TableHistory(
    TableDefinition table, long version, long rows, FileSizes files, List<VersionEntry> versions) {

  TableHistory {
    versions = List.copyOf(versions);
  }

  /**
   * Reads the newest versions of a table; empty if there is no such table.
   *
   * @param most versions at most
   */
  static Optional<TableHistory> read(TableLocation location, int most) {
    Engine engine = location.engine();
    return location.newest(engine).map(newest -> read(location, engine, newest, most));
  }

  private static TableHistory read(
      TableLocation location, Engine engine, Snapshot newest, int most) {
    List<VersionEntry> versions = new ArrayList<>();
    VersionReader reader = new VersionReader(engine, newest, location.table());
    for (long version = newest.getVersion(); version >= 0 && versions.size() < most; version--) {
      Optional<VersionEntry> entry = reader.read(version);
      if (entry.isEmpty()) {
        break;
      }
      versions.add(entry.get());
    }
    FileSizes sizes = new FileSizes();
    long[] rows = new long[1];
    TableContent.of(engine, newest)
        .forEachFile(
            file -> {
              sizes.add(file.bytes());
              rows[0] += file.rows();
            });
    return new TableHistory(location.table(), newest.getVersion(), rows[0], sizes, versions);
  }
}
