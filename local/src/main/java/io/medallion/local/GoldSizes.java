package io.medallion.local;

import io.medallion.contract.GoldTable;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.FileRows;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long the windows of a lake's gold are: the settings that a lake does not tell. */
final class GoldSizes {

  private static final List<String> COLUMNS = List.of("windowStart", "windowEnd");

  private static final Comparator<DataFile> NEWEST_FIRST =
      Comparator.comparing((DataFile file) -> file.max("windowEnd").orElse(Instant.MIN)).reversed();

  private GoldSizes() {}

  /** By what the contract says of a table; without those that have no window yet. */
  static Map<Optional<Duration>, Duration> of(LakeVersion lake) {
    Map<Optional<Duration>, Duration> sizes = new HashMap<>();
    List<GoldTable> tables = lake.definitions().contract().gold();
    for (int i = 0; i < tables.size(); i++) {
      TableDefinition definition = lake.definitions().gold().get(i);
      GoldTable table = tables.get(i);
      size(lake, definition).ifPresent(size -> sizes.put(table.window(), size));
    }
    return sizes;
  }

  private static Optional<Duration> size(LakeVersion lake, TableDefinition table) {
    // The newest window's: the setting may have been another one before.
    List<DataFile> newestFirst = lake.files(table).stream().sorted(NEWEST_FIRST).toList();
    for (DataFile file : newestFirst) {
      try (FileRows rows = lake.tables().get(table).open(file, COLUMNS)) {
        if (rows.next()) {
          return Optional.of(
              Duration.ofMillis((rows.row().bigint(1) - rows.row().bigint(0)) / 1000));
        }
      }
    }
    return Optional.empty();
  }
}
