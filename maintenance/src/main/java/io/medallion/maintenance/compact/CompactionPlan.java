package io.medallion.maintenance.compact;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.DayColumn;
import io.medallion.maintenance.lake.TableContent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a table that are to be put together, one group a partition.
 *
 * @param groups of files that go into the same files, those with the fewest bytes first
 * @param skipped partitions with a null value, which are left alone
 */
record CompactionPlan(List<Group> groups, int skipped) {

  /**
   * Files of a partition, in the order of their rows' time.
   *
   * @param bytes of all files
   * @param rows by the statistics
   */
  record Group(List<DataFile> files, long bytes, long rows) {

    static Group of(List<DataFile> files) {
      List<DataFile> inOrder =
          files.stream()
              .sorted(
                  Comparator.comparing(Group::firstTime)
                      .thenComparing(DataFile::modified)
                      .thenComparing(DataFile::path))
              .toList();
      return new Group(
          inOrder,
          files.stream().mapToLong(DataFile::bytes).sum(),
          files.stream().mapToLong(DataFile::rows).sum());
    }

    /** The columns are in this order of preference; of a table without them, all are equal. */
    private static String firstTime(DataFile file) {
      for (String column : List.of("windowStart", "eventTime", "enqueuedTime")) {
        String first = file.statistics().path("minValues").path(column).asText("");
        if (!first.isEmpty()) {
          return first;
        }
      }
      return "";
    }
  }

  static CompactionPlan of(Engine engine, Snapshot table, CompactionRules rules, Instant now) {
    Optional<DayColumn> day = DayColumn.of(table);
    Map<Map<String, String>, List<DataFile>> small = new HashMap<>();
    TableContent.of(engine, table)
        .forEachFile(
            file -> {
              if (rules.isSmall(file.bytes()) && isClosed(file, day, rules, now)) {
                small.computeIfAbsent(file.partition(), p -> new ArrayList<>()).add(file);
              }
            });
    int partitions = small.size();
    small.keySet().removeIf(partition -> partition.containsValue(null));
    int skipped = partitions - small.size();
    List<Group> groups =
        small.values().stream()
            .map(Group::of)
            .filter(group -> rules.isWorthIt(group.files().size(), group.bytes()))
            .sorted(Comparator.comparingLong(Group::bytes))
            .toList();
    return new CompactionPlan(groups, skipped);
  }

  private static boolean isClosed(
      DataFile file, Optional<DayColumn> days, CompactionRules rules, Instant now) {
    Optional<LocalDate> day = rules.openDays() ? Optional.empty() : days.flatMap(d -> d.of(file));
    return day.map(date -> rules.isClosed(date, now))
        .orElseGet(() -> rules.isOld(file.modified(), now));
  }

  int files() {
    return groups.stream().mapToInt(group -> group.files().size()).sum();
  }

  long bytes() {
    return groups.stream().mapToLong(Group::bytes).sum();
  }

  long rows() {
    return groups.stream().mapToLong(Group::rows).sum();
  }
}
