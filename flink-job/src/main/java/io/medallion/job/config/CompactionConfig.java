package io.medallion.job.config;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;

/**
 * Which tables have their small files merged by the job, and when.
 *
 * @param tables by their folders under the lake's root
 * @param maxSmallFiles of a table, or of a date of it, at most
 * @param targetSize of a merged file
 */
public record CompactionConfig(Set<String> tables, int maxSmallFiles, MemorySize targetSize) {

  private static final String GOLD = "gold";
  private static final String ALL = "all";
  private static final String NONE = "none";

  /** So that a merge leaves fewer than there may be before the next one. */
  private static final int LEAST_SMALL_FILES = 4;

  public CompactionConfig {
    tables = Set.copyOf(tables);
  }

  static CompactionConfig of(Settings settings, Contract contract) {
    int maxSmallFiles = settings.positive(ConfigKey.COMPACTION_MAX_SMALL_FILES);
    if (maxSmallFiles < LEAST_SMALL_FILES) {
      throw settings.malformed(
          ConfigKey.COMPACTION_MAX_SMALL_FILES, "a whole number from " + LEAST_SMALL_FILES + " on");
    }
    return new CompactionConfig(
        tables(settings, contract), maxSmallFiles, settings.size(ConfigKey.COMPACTION_TARGET_SIZE));
  }

  private static Set<String> tables(Settings settings, Contract contract) {
    Set<String> gold =
        contract.gold().stream()
            .map(GoldTable::path)
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> all =
        Stream.concat(Stream.of("bronze", "silver", "quarantine", "late", "gaps"), gold.stream())
            .toList();
    Set<String> tables = new TreeSet<>();
    List<String> names =
        Arrays.stream(settings.required(ConfigKey.COMPACTION_TABLES).split(",", -1))
            .map(String::strip)
            .toList();
    for (String name : names) {
      if (name.equals(GOLD)) {
        tables.addAll(gold);
      } else if (name.equals(ALL)) {
        tables.addAll(all);
      } else if (all.contains(name)) {
        tables.add(name);
      } else if (!names.equals(List.of(NONE))) {
        throw settings.malformed(
            ConfigKey.COMPACTION_TABLES, "gold, all, none, or a list of " + String.join(", ", all));
      }
    }
    return tables;
  }
}
