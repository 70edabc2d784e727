package io.medallion.maintenance.maintain;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.cli.TableOption;
import io.medallion.maintenance.compact.CompactionRules;
import io.medallion.maintenance.compact.CompactionRulesOptions;
import io.medallion.maintenance.expire.KeepOption;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.vacuum.RetainOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion maintain}. */
@Command(
    name = "maintain",
    header = "Expires, compacts and vacuums the tables of a lake on a schedule.",
    description =
        "Does what 'medallion expire', 'compact' and 'vacuum' do, for all tables of a lake, again and"
            + " again. The job may be running. Run one of it a lake.",
    footer = {
      "",
      "A pass takes one table after the other:",
      "  1. expire: what is older than --keep says; without it nothing is removed;",
      "  2. compact: closed days that have --min-files small files, and such files of gold and gaps once"
          + " they are older than --flat-older-than;",
      "  3. vacuum: in the first pass, and then when --vacuum-every is over.",
      "Passes begin --every apart; one that takes longer is followed at once by the next one. A pass that"
          + " finds nothing to do reads the tables' logs, and a vacuum lists their folders.",
      "It prints a line for each table that a pass changed, and one for the pass. What is refused or can't"
          + " be read or written is said, stops nothing else, and is tried again by the next pass.",
      "Ctrl-C ends it after the step at hand, or after 25 s; the next run finishes what was cut short.",
      "",
      "Exit code with --once: 0 done, also if there was nothing to do; 1 something was refused, or can't"
          + " be read or written; 2 wrong use.",
    },
    sortOptions = false)
final class MaintainOptions {

  @Mixin private LakeOptions lake;
  @Mixin private TableOption tables;

  @Option(
      names = "--once",
      description = "One pass with all three steps, and then end: for a CronJob.")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      description = "From the beginning of a pass to that of the next one; default 1h.")
  private Duration every = Duration.ofHours(1);

  @Option(
      names = "--vacuum-every",
      paramLabel = "TIME",
      description = "From one vacuum to the next one; default 1d.")
  private Duration vacuumEvery = Duration.ofDays(1);

  @Mixin private KeepOption keep;
  @Mixin private CompactionRulesOptions compaction;

  @Option(
      names = "--flat-older-than",
      paramLabel = "TIME",
      description =
          "In place of --older-than for tables without date partitions, which are gold and gaps; default"
              + " 1h, so that gold has few files at any time.")
  private Duration flatOlderThan = Duration.ofHours(1);

  @Mixin private RetainOption retain;

  LakeOptions lake() {
    return lake;
  }

  List<TableDefinition> tables(LakeTables all) {
    return tables.of(all);
  }

  /** Throws {@link WrongUse} if something is out of range, before anything is done. */
  void check() {
    positive("--every", every);
    positive("--vacuum-every", vacuumEvery);
    compaction.rules();
    retain.retention();
    if (flatOlderThan.isNegative()) {
      throw new WrongUse("--flat-older-than must not be negative.");
    }
  }

  private static void positive(String name, Duration time) {
    if (time.isNegative() || time.isZero()) {
      throw new WrongUse(name + " must be longer than nothing.");
    }
  }

  boolean once() {
    return once;
  }

  Duration every() {
    return every;
  }

  Duration vacuumEvery() {
    return vacuumEvery;
  }

  Map<TableDefinition, Duration> keep(LakeTables all) {
    return keep.of(all);
  }

  CompactionRules rules(TableDefinition table) {
    CompactionRules rules = compaction.rules();
    return table.partitionColumns().isEmpty() ? rules.olderThan(flatOlderThan) : rules;
  }

  Duration retention() {
    return retain.retention();
  }
}
