package io.medallion.maintenance.compact;

import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.cli.OutcomeOptions;
import io.medallion.maintenance.cli.TableOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command line of {@code medallion compact}. */
@Command(
    name = "compact",
    header = "Puts small files of the tables of a lake into large ones; no row changes.",
    description =
        "Every reader sees the same rows before, while and after. The job may be running.",
    footer = {
      "",
      "A table gets one commit (operation OPTIMIZE), or several if there is much to do. A commit that"
          + " the job makes meanwhile does not matter. If somebody removes one of the files or changes"
          + " the table meanwhile, the compaction of that table is given up, and nothing of it stays.",
      "The old files stay until 'medallion vacuum'. Until then older versions can be read, and the job"
          + " can be rolled back to them.",
      "Rows keep their order by time from file to file as far as it was there; they are not sorted.",
      "A file that has three quarters of the target size is left alone.",
      "The job itself does this for the tables of its setting compaction.tables, by default gold: of two"
          + " at once, one is given up.",
      "",
      "Exit code: 0 done, also if there was nothing to do; 1 a table was given up, refused because it"
          + " has features that are not known here, or can't be read or written; 2 wrong use.",
    },
    sortOptions = false)
final class CompactOptions {

  @Mixin private LakeOptions lake;
  @Mixin private TableOption tables;
  @Mixin private CompactionRulesOptions compaction;
  @Mixin private OutcomeOptions outcome;

  LakeOptions lake() {
    return lake;
  }

  TableOption tables() {
    return tables;
  }

  CompactionRules rules() {
    return compaction.rules();
  }

  OutcomeOptions outcome() {
    return outcome;
  }
}
