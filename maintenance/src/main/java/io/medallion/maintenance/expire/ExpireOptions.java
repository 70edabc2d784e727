package io.medallion.maintenance.expire;

import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.cli.OutcomeOptions;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of {@code medallion expire}. */
@Command(
    name = "expire",
    header = "Removes rows that are older than they are to be kept from tables of a lake.",
    description =
        "Removes them from the tables that are named, and from no others. The job may be running.",
    footer = {
      "",
      "From bronze and quarantine go whole days of arrival (UTC) that ended so long ago, from silver and"
          + " late whole days of event time. From gold goes a file once all its windows ended so long"
          + " ago, and no window goes in part: gold may keep rows longer, by what its files span.",
      "A table gets one commit (operation DELETE). The files stay until 'medallion vacuum': until then older"
          + " versions can be read, and a rollback of the job to before brings the rows back; the next"
          + " run removes them again.",
      "What comes late for a day that is gone is there until the next run. The audit knows from the tables"
          + " what was removed. Redrive leaves out events of days that silver has no more.",
      "",
      "Exit code: 0 done, also if nothing was old enough; 1 a table was refused because it has features"
          + " that are not known here or takes only appends, or can't be read or written; 2 wrong use.",
    },
    sortOptions = false)
final class ExpireOptions {

  @Mixin private LakeOptions lake;
  @Mixin private KeepOption keep;
  @Mixin private OutcomeOptions outcome;

  LakeOptions lake() {
    return lake;
  }

  Map<TableDefinition, Duration> keep(LakeTables tables) {
    if (!keep.isGiven()) {
      throw new WrongUse("--keep is missing: nothing is removed unless it is asked for.");
    }
    return keep.of(tables);
  }

  OutcomeOptions outcome() {
    return outcome;
  }
}
