package io.medallion.maintenance.vacuum;

import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.cli.OutcomeOptions;
import io.medallion.maintenance.cli.TableOption;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of {@code medallion vacuum}. */
@Command(
    name = "vacuum",
    header = "Deletes data files that no version of the tables of a lake needs any more.",
    description =
        "They were replaced or removed before the retention, or failed attempts left them behind."
            + " The job may be running.",
    footer = {
      "",
      "Kept are all files of versions that were the newest within the retention, all younger files, and"
          + " those that the job may still commit, also when it is restored from a retained checkpoint.",
      "An older version can't be read any more. The job can't be rolled back to it either: it then says"
          + " so, and changes nothing in that table. Keep savepoints to roll back to no longer than the"
          + " retention.",
      "Don't roll the job back while a vacuum runs.",
      "",
      "Exit code: 0 done, also if there was nothing to delete; 1 a table was refused because it has"
          + " features that are not known here, or storage failed; 2 wrong use.",
    },
    sortOptions = false)
final class VacuumOptions {

  @Mixin private LakeOptions lake;
  @Mixin private TableOption tables;
  @Mixin private RetainOption retain;
  @Mixin private OutcomeOptions outcome;

  LakeOptions lake() {
    return lake;
  }

  TableOption tables() {
    return tables;
  }

  Duration retention() {
    return retain.retention();
  }

  OutcomeOptions outcome() {
    return outcome;
  }
}
