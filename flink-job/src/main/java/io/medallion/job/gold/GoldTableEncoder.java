package io.medallion.job.gold;

import io.medallion.contract.Aggregate;
import io.medallion.contract.ColumnType;
import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.contract.expressions.ValueType;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeContract;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.util.List;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * A table that Power BI reads: one row a closed window, of each value of a column or over
 * everything. Flat, unpartitioned, no nested column, no NaN: what every reader of Delta takes.
 *
 * <p>A column is null if no event had a value for it, or if it is newer than events of the window.
 */
public final class GoldTableEncoder implements RowEncoder<GoldState> {

  private static final long serialVersionUID = 3L;

  private final Contract contract;
  private final int table;
  private transient GoldLayout.Names names;
  private transient Column[] columns;

  private GoldTableEncoder(Contract contract, int table) {
    this.contract = contract;
    this.table = table;
  }

  /** How a column is set. */
  private interface Column {
    void set(GoldCell cell, int column, RowWriter out);
  }

  /**
   * A table of a contract.
   *
   * @param index of the table in the contract
   */
  public static LakeTable<GoldState> table(Contract contract, int index) {
    GoldTable table = contract.gold().get(index);
    return new LakeTable<>(
        table.name(),
        table.path(),
        rowType(contract, table),
        LakeContract.ofColumns(contract),
        Optional.empty(),
        new GoldTableEncoder(contract, index));
  }

  /** The columns of a table. */
  public static RowType rowType(Contract contract, GoldTable table) {
    Columns columns = new Columns().timestamp("windowStart").timestamp("windowEnd");
    table.by().ifPresent(columns::text);
    for (GoldTable.Column column : table.columns()) {
      columns.declared(column.name(), ColumnType.of(contract, column.aggregate()));
    }
    return columns.build();
  }

  private static ValueType pickedType(Contract contract, Aggregate aggregate) {
    return contract.typeInGold(aggregate.arguments().get(0));
  }

  @Override
  public void encode(GoldState state, RowWriter out) {
    GoldCell cell = state instanceof GoldCell ofThisRelease ? ofThisRelease : state.toCell(own());
    if (!cell.names.equals(names)) {
      open(cell.names);
    }
    Values.setTimestamp(out, 0, cell.windowStart);
    Values.setTimestamp(out, 1, cell.windowEnd);
    int first = 2;
    if (contract.gold().get(table).by().isPresent()) {
      out.setString(first++, cell.key);
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].set(cell, first + i, out);
    }
  }

  private GoldLayout.Names own() {
    return GoldLayout.names(contract, List.of(contract.gold().get(table)));
  }

  private void open(GoldLayout.Names ofCells) {
    names = ofCells;
    columns =
        contract.gold().get(table).columns().stream()
            .map(column -> complete(column.aggregate(), ofCells))
            .toArray(Column[]::new);
  }

  private Column complete(Aggregate aggregate, GoldLayout.Names ofCells) {
    String part = GoldLayout.part(contract, aggregate);
    Column column = column(aggregate, part, ofCells);
    return (cell, index, out) -> {
      if (cell.isComplete(part)) {
        column.set(cell, index, out);
      }
    };
  }

  private Column column(Aggregate aggregate, String part, GoldLayout.Names parts) {
    return switch (aggregate.function()) {
      case COUNT -> {
        int i = parts.counts().indexOf(part);
        yield (cell, column, out) -> out.setLong(column, i < 0 ? cell.eventCount : cell.counts[i]);
      }
      case COUNT_DISTINCT -> (cell, column, out) -> out.setLong(column, cell.keyCount);
      case SUM -> {
        int i = parts.sums().indexOf(part);
        yield (cell, column, out) -> {
          if (cell.sumCounts[i] > 0) {
            out.setDouble(column, FixedPoint.toDouble(WideSum.millionths(cell.sums, i)));
          }
        };
      }
      case AVG -> {
        int i = parts.sums().indexOf(part);
        yield (cell, column, out) -> {
          if (cell.sumCounts[i] > 0) {
            out.setDouble(
                column, FixedPoint.average(WideSum.millionths(cell.sums, i), cell.sumCounts[i]));
          }
        };
      }
      case MIN -> {
        int i = parts.extremes().indexOf(part);
        yield (cell, column, out) -> setFinite(out, column, cell.min[i]);
      }
      case MAX -> {
        int i = parts.extremes().indexOf(part);
        yield (cell, column, out) -> setFinite(out, column, cell.max[i]);
      }
      case MOST_FREQUENT -> {
        int i = parts.texts().indexOf(part);
        yield (cell, column, out) -> {
          String text = cell.texts[i].mostFrequent();
          if (text != null) {
            out.setString(column, text);
          }
        };
      }
      case FIRST, LAST -> picked(pickedType(contract, aggregate), parts.picks().indexOf(part));
      case MEAN_DIRECTION -> {
        int i = parts.vectors().indexOf(part);
        yield (cell, column, out) -> Values.setNumber(out, column, cell.meanDirection(i));
      }
      case MEAN_COMPASS_POINT -> {
        int i = parts.vectors().indexOf(part);
        yield (cell, column, out) -> {
          double direction = cell.meanDirection(i);
          if (!Double.isNaN(direction)) {
            out.setString(column, CompassPoint.ofDegrees(direction).name());
          }
        };
      }
    };
  }

  private static Column picked(ValueType type, int i) {
    Column column =
        switch (type) {
          case STRING -> (cell, index, out) -> out.setString(index, cell.picks[i].asText());
          case LONG -> (cell, index, out) -> out.setLong(index, cell.picks[i].asLong());
          case BOOLEAN -> (cell, index, out) -> out.setBoolean(index, cell.picks[i].asLong() != 0);
          case TIMESTAMP ->
              (cell, index, out) -> Values.setTimestamp(out, index, cell.picks[i].asLong());
          case DOUBLE -> (cell, index, out) -> out.setDouble(index, cell.picks[i].asDouble());
        };
    return (cell, index, out) -> {
      if (cell.picks[i].isThere()) {
        column.set(cell, index, out);
      }
    };
  }

  /** Of no events, the extremes are infinite. */
  private static void setFinite(RowWriter out, int column, double value) {
    if (Double.isFinite(value)) {
      out.setDouble(column, value);
    }
  }
}
