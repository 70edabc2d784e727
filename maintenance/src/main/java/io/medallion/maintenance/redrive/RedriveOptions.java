package io.medallion.maintenance.redrive;

import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.cli.LakeOptions;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion redrive}. */
@Command(
    name = "redrive",
    header = "Adds to silver what is in quarantine and valid by the rules of today.",
    description =
        "Decodes the events in quarantine again, and adds to silver and late those that are valid by"
            + " the contract of the lake, each exactly once. The job may be running.",
    footer = {
      "",
      "Run it after a rule was relaxed, as by --set rule.FIELD.range=…, or a defect fixed. A second run"
          + " adds nothing. Quarantine and gold stay as they are; docs/guarantees.md says how 'late'"
          + " corrects the totals of gold.",
      "Of the job's settings, contract, rule.*, event.*, window.size, sink.* and hadoop.* count. The lake"
          + " has the contract of its job, with the ranges of rule.*, but not the settings event.*.",
      "",
      "Exit code: 0 done, also if there was nothing to add; 1 a table can't be read or written; 2 wrong"
          + " use.",
    },
    sortOptions = false)
final class RedriveOptions {

  @Mixin private LakeOptions lake;

  @Option(
      names = "--reason",
      split = ",",
      paramLabel = "CODE",
      description = "Only events quarantined for this reason; may be given more than once.")
  private List<String> reasons = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "T",
      description =
          "Only events that arrived at this time or later, such as 2026-11-22 or"
              + " 2026-11-22T12:00:00Z.")
  private Instant since = TimeRange.ALL.from();

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      description =
          "Judge by this contract instead, which must have the same columns of silver: a file, or the"
              + " name of one that ships.")
  private String contract;

  @Option(names = "--dry-run", description = "Count what would be added, and write nothing.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print the report as JSON.")
  private boolean json;

  LakeOptions lake() {
    return lake;
  }

  /**
   * Codes; empty for all.
   *
   * @param contract of which rules have codes, too
   */
  Set<String> reasons(Contract contract) {
    Set<String> known = new LinkedHashSet<>();
    Stream.of(RejectReason.values()).forEach(reason -> known.add(reason.name()));
    contract.rules().forEach(rule -> known.add(rule.code()));
    Set<String> codes = new HashSet<>();
    for (String reason : reasons) {
      codes.add(
          known.stream()
              .filter(code -> code.equalsIgnoreCase(reason))
              .findFirst()
              .orElseThrow(
                  () ->
                      new WrongUse(
                          "--reason: there is no code '%s'; there are %s."
                              .formatted(reason, String.join(", ", known)))));
    }
    return codes;
  }

  TimeRange enqueued() {
    return new TimeRange(since, TimeRange.ALL.to());
  }

  boolean dryRun() {
    return dryRun;
  }

  boolean json() {
    return json;
  }

  /** The arguments that the job would be started with. */
  String[] jobArguments(String lakePath) {
    return lake.access().jobArguments(lakePath, Optional.ofNullable(contract));
  }
}
