package io.medallion.maintenance.vacuum;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Figures;
import java.util.EnumMap;
import java.util.Map;

/** Files and bytes of a table, by what became of them. */
public final class VacuumResult {

  private record Sum(long files, long bytes) {}

  private final Map<Verdict, Sum> sums = new EnumMap<>(Verdict.class);

  void add(Verdict verdict, long bytes) {
    sums.merge(
        verdict,
        new Sum(1, bytes),
        (all, one) -> new Sum(all.files + one.files, all.bytes + one.bytes));
  }

  long files(Verdict verdict) {
    return sums.getOrDefault(verdict, new Sum(0, 0)).files;
  }

  public long deletedFiles() {
    return sum(true).files;
  }

  private Sum sum(boolean deleted) {
    Sum total = new Sum(0, 0);
    for (Map.Entry<Verdict, Sum> entry : sums.entrySet()) {
      if (entry.getKey().isDeleted() == deleted) {
        Sum sum = entry.getValue();
        total = new Sum(total.files + sum.files, total.bytes + sum.bytes);
      }
    }
    return total;
  }

  /** What was deleted, for people, without the table's name. */
  public String deleted() {
    return text(sum(true)) + " deleted";
  }

  /**
   * For people, without the table's name.
   *
   * @param tried whether nothing was to be deleted
   */
  String toText(boolean tried) {
    StringBuilder text = new StringBuilder();
    text.append(text(sum(true)));
    text.append(tried ? " would be deleted, " : " deleted, ").append(text(sum(false)));
    text.append(" kept");
    sums.forEach(
        (verdict, sum) ->
            text.append(System.lineSeparator())
                .append(
                    verdict.isDeleted() ? (tried ? "  to delete: " : "  deleted: ") : "  kept: ")
                .append(text(sum))
                .append(" ")
                .append(verdict.description()));
    return text.toString();
  }

  void put(ObjectNode node) {
    Sum deleted = sum(true);
    Sum kept = sum(false);
    node.put("deletedFiles", deleted.files)
        .put("deletedBytes", deleted.bytes)
        .put("keptFiles", kept.files)
        .put("keptBytes", kept.bytes);
    ObjectNode causes = node.putObject("causes");
    sums.forEach(
        (verdict, sum) ->
            causes.putObject(verdict.name()).put("files", sum.files).put("bytes", sum.bytes));
  }

  private static String text(Sum sum) {
    return Figures.count(sum.files) + " files (" + Figures.bytes(sum.bytes) + ")";
  }
}
