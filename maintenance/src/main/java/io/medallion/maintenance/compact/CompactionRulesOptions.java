package io.medallion.maintenance.compact;

import io.medallion.cli.WrongUse;
import java.time.Duration;
import org.apache.flink.configuration.MemorySize;
import picocli.CommandLine.Option;

/** The options that say which files are compacted. */
public final class CompactionRulesOptions {

  private static final MemorySize SMALLEST_TARGET = MemorySize.ofMebiBytes(1);
  private static final MemorySize LARGEST_TARGET = MemorySize.ofMebiBytes(4096);

  @Option(
      names = "--target-size",
      paramLabel = "SIZE",
      description = "The size of a large file; default ${DEFAULT-VALUE}.")
  private MemorySize targetSize = MemorySize.ofMebiBytes(128);

  @Option(
      names = "--min-files",
      paramLabel = "N",
      description =
          "Only partitions with so many small files or more; a table without partitions is one."
              + " Default ${DEFAULT-VALUE}.")
  private int minFiles = 4;

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description =
          "Only date partitions that ended so long ago (UTC), and of gold files that were written so"
              + " long ago; default 1d.")
  private Duration olderThan = Duration.ofDays(1);

  @Option(
      names = "--open-days",
      description =
          "Also date partitions of days that have not ended: their files that were written so long"
              + " ago.")
  private boolean openDays;

  /** The rules, if they make sense. */
  public CompactionRules rules() {
    if (targetSize.compareTo(SMALLEST_TARGET) < 0 || targetSize.compareTo(LARGEST_TARGET) > 0) {
      throw new WrongUse(
          "--target-size must be from %s to %s."
              .formatted(
                  SMALLEST_TARGET.toHumanReadableString(), LARGEST_TARGET.toHumanReadableString()));
    }
    if (minFiles < 2) {
      throw new WrongUse("--min-files must be 2 or more.");
    }
    if (olderThan.isNegative()) {
      throw new WrongUse("--older-than must not be negative.");
    }
    return new CompactionRules(targetSize.getBytes(), minFiles, olderThan, openDays);
  }
}
