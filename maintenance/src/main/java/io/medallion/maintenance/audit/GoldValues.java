package io.medallion.maintenance.audit;

import io.medallion.contract.Aggregate.Function;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.contract.expressions.ValueType;
import io.medallion.maintenance.lake.RowCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All columns of gold follow from silver; see {@link ColumnCheck}.
 *
 * <p>Not judged are the most frequent texts of a window of the first release that had more than are
 * counted here, what silver does not tell, and what may be of an earlier contract; the result tells
 * how many these are.
 */
final class GoldValues {

  private final Contract contract;
  private final EarlierContracts earlier;
  private final Findings findings =
      new Findings("gold-values", "all values of gold follow from silver");
  private long rows;
  private long notJudged;

  /** A column of a table, and its check; none if it can't be told from silver. */
  private record Column(
      String name, Optional<ColumnCheck> check, Optional<Integer> texts, boolean isChanged) {}

  /** The values of one table. */
  final class Table {

    private final List<Column> columns = new ArrayList<>();

    private Table(GoldRows gold, Measures measures) {
      List<GoldTable.Column> all = gold.table().columns();
      for (int i = 0; i < all.size(); i++) {
        GoldTable.Column column = all.get(i);
        Function function = column.aggregate().function();
        if (function != Function.COUNT_DISTINCT) {
          columns.add(column(gold, i, measures));
        }
      }
    }

    private ValueType type(GoldTable.Column column) {
      List<String> arguments = column.aggregate().arguments();
      return arguments.isEmpty() ? ValueType.LONG : contract.typeInGold(arguments.get(0));
    }

    private Column column(GoldRows gold, int index, Measures measures) {
      GoldTable.Column column = gold.table().columns().get(index);
      boolean isText = column.aggregate().function() == Function.MOST_FREQUENT;
      return new Column(
          column.name(),
          ColumnCheck.isJudged(column.aggregate(), measures)
              ? Optional.of(
                  ColumnCheck.of(column.aggregate(), gold.place(index), measures, type(column)))
              : Optional.empty(),
          isText
              ? Optional.of(measures.text(column.aggregate().arguments().get(0)))
              : Optional.empty(),
          earlier.hadOtherwise(gold.table(), column));
    }

    /**
     * Checks a row.
     *
     * @param place names the row for people
     * @param expected of as many events as the row says
     */
    void row(String place, RowCursor row, WindowValues expected) {
      rows++;
      for (Column column : columns) {
        if (column.check().isEmpty()
            || column.texts().filter(expected::mayHaveOtherTexts).isPresent()) {
          notJudged++;
          continue;
        }
        column
            .check()
            .get()
            .check(row, expected)
            .ifPresent(mismatch -> mismatch(place, column, mismatch));
      }
    }
  }

  GoldValues(Contract contract, EarlierContracts earlier) {
    this.contract = contract;
    this.earlier = earlier;
  }

  /**
   * The values of a table.
   *
   * @param measures of the values that its rows will be compared with
   */
  Table table(GoldRows gold, Measures measures) {
    return new Table(gold, measures);
  }

  private void mismatch(String place, Column column, ColumnCheck.Mismatch mismatch) {
    if (column.isChanged()) {
      notJudged++;
    } else {
      findings.violation(
          "%s: %s is %s, recomputed %s",
          place, column.name(), mismatch.actual(), mismatch.expected());
    }
  }

  CheckResult result() {
    findings.count("rows", rows);
    findings.count("not judged", notJudged);
    return findings.result();
  }
}
