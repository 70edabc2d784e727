package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.ArrayList;
import java.util.List;

/** What the tables hold whose columns the contract says. */
final class TablesSection {

  private static final List<String> HEADINGS = List.of("column", "type", "null", "");

  private final Contract contract;

  TablesSection(Contract contract) {
    this.contract = contract;
  }

  void add(Markdown page) {
    page.block("## The tables")
        .block(
            "Every lake has the tables [bronze](guarantees.md#bronze), [quarantine](guarantees.md#quarantine) and\n"
                + "[gaps](guarantees.md#gaps), with the same columns. These are the contract's; *null* says when a column is.");
    page.block("### silver")
        .block("Every valid event, on time or late. Folder `silver`, partitioned by `eventDate`.")
        .table(HEADINGS, SilverText.columns(contract).stream().map(TablesSection::row).toList());
    page.block("### late")
        .block(
            """
            Every valid event that came after its window had closed, and so is not in gold; it is in silver too. Folder
            `late`, partitioned by `eventDate`. All columns of silver, then `windowStart`, `windowEnd` and
            `latenessMillis` ([late](guarantees.md#late)).""");
    contract.gold().forEach(table -> addGold(page, table));
  }

  private void addGold(Markdown page, GoldTable table) {
    String windows =
        table
            .windowText()
            .map(
                size ->
                    "Windows are %s long, if the job's setting `window.size` is not given."
                        .formatted(size))
            .orElse(
                "Windows are as long as the job's setting `window.size` says, 5 minutes by default.");
    page.block("### " + table.path())
        .block(
            "One row for each %s with at least one event on time, written when the window has closed. Not partitioned.\n%s"
                .formatted(
                    table.by().map(column -> code(column) + " and window").orElse("window"),
                    windows))
        .table(
            HEADINGS,
            new GoldText(contract, table).columns().stream().map(TablesSection::row).toList());
  }

  private static List<String> row(TableColumn column) {
    List<String> cells = new ArrayList<>();
    cells.add(code(column.name()));
    cells.add(column.type());
    cells.add(column.nullWhen().orElse("never"));
    cells.add(column.explanation());
    return cells;
  }
}
