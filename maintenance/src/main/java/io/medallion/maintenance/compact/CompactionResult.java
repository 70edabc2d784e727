package io.medallion.maintenance.compact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Figures;
import io.medallion.delta.DeltaRewrite;
import io.medallion.maintenance.compact.CompactionPlan.Group;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the compaction of a table did.
 *
 * @param filesBefore that were replaced
 * @param filesAfter that replaced them
 * @param skipped partitions with a null value, which were left alone
 * @param version the last one that was made; empty if there was nothing to do
 */
public record CompactionResult(
    int partitions,
    int filesBefore,
    long bytesBefore,
    int filesAfter,
    long bytesAfter,
    long rows,
    int skipped,
    OptionalLong version) {

  static CompactionResult nothing(CompactionPlan plan) {
    return new CompactionResult(0, 0, 0, 0, 0, 0, plan.skipped(), OptionalLong.empty());
  }

  CompactionResult with(List<Group> groups, DeltaRewrite.Result done) {
    return new CompactionResult(
        partitions + groups.size(),
        filesBefore + groups.stream().mapToInt(group -> group.files().size()).sum(),
        bytesBefore + groups.stream().mapToLong(Group::bytes).sum(),
        filesAfter + done.files(),
        bytesAfter + done.bytes(),
        rows + done.rows(),
        skipped,
        OptionalLong.of(done.version()));
  }

  /** For people, without the table's name. */
  public String toText() {
    if (version.isEmpty()) {
      return "nothing to do" + ofSkipped(skipped);
    }
    return "%s files (%s) of %s partitions are %s files (%s) now, %s rows as before; version %d%s"
        .formatted(
            Figures.count(filesBefore),
            Figures.bytes(bytesBefore),
            Figures.count(partitions),
            Figures.count(filesAfter),
            Figures.bytes(bytesAfter),
            Figures.count(rows),
            version.getAsLong(),
            ofSkipped(skipped));
  }

  /** A plan for people, without the table's name. */
  static String toText(CompactionPlan plan, CompactionRules rules) {
    if (plan.groups().isEmpty()) {
      return "nothing to do" + ofSkipped(plan.skipped());
    }
    return "%s files (%s) of %s partitions would become about %s, %s rows%s"
        .formatted(
            Figures.count(plan.files()),
            Figures.bytes(plan.bytes()),
            Figures.count(plan.groups().size()),
            Figures.count(expectedFiles(plan, rules)),
            Figures.count(plan.rows()),
            ofSkipped(plan.skipped()));
  }

  void put(ObjectNode node) {
    node.put("partitions", partitions)
        .put("filesBefore", filesBefore)
        .put("bytesBefore", bytesBefore)
        .put("filesAfter", filesAfter)
        .put("bytesAfter", bytesAfter)
        .put("rows", rows)
        .put("skippedPartitions", skipped);
    version.ifPresent(last -> node.put("version", last));
  }

  /** A plan, as far as it has what a result has; how large files get is not known before. */
  static void put(ObjectNode node, CompactionPlan plan, CompactionRules rules) {
    node.put("partitions", plan.groups().size())
        .put("filesBefore", plan.files())
        .put("bytesBefore", plan.bytes())
        .put("filesAfter", expectedFiles(plan, rules))
        .put("rows", plan.rows())
        .put("skippedPartitions", plan.skipped());
  }

  private static long expectedFiles(CompactionPlan plan, CompactionRules rules) {
    return plan.groups().stream().mapToLong(group -> rules.expectedFiles(group.bytes())).sum();
  }

  private static String ofSkipped(int skipped) {
    return skipped == 0
        ? ""
        : "; "
            + skipped
            + " partitions with a null value were left alone, which this tool can't write";
  }
}
