package io.medallion.maintenance.audit.derive;

import io.delta.kernel.types.ArrayType;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.medallion.maintenance.lake.RowCursor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Takes a row as a table has it. */
public final class StoredRow {

  private final RowValues values;
  private final int dayColumn;
  private final List<String> names = new ArrayList<>();
  private final List<Getter> getters = new ArrayList<>();
  private long day;

  /** Moves a value of a row that is not null. */
  private interface Getter {
    void get(RowCursor row, int from, int to);
  }

  /**
   * @param values of the table
   * @param partitionColumn a date, which files have and rows do not
   */
  public StoredRow(RowValues values, String partitionColumn) {
    this.values = values;
    this.dayColumn = values.placeOf(partitionColumn);
    for (StructField column : values.columns()) {
      if (!column.getName().equals(partitionColumn)) {
        names.add(column.getName());
      }
      getters.add(getter(column.getDataType()));
    }
  }

  private Getter getter(DataType type) {
    if (type instanceof BooleanType) {
      return (row, from, to) -> values.setLong(to, row.bool(from) ? 1 : 0);
    }
    if (type instanceof IntegerType || type instanceof DateType) {
      return (row, from, to) -> values.setLong(to, row.integer(from));
    }
    if (type instanceof DoubleType) {
      return (row, from, to) -> values.setDouble(to, row.number(from));
    }
    if (type instanceof StringType) {
      return (row, from, to) -> values.setText(to, row.text(from));
    }
    if (type instanceof BinaryType) {
      return (row, from, to) -> values.setBytes(to, row.bytes(from));
    }
    if (type instanceof ArrayType) {
      return (row, from, to) -> {
        values.beginList(to);
        row.namedBytes(from, (name, value) -> values.addToList(to, name, value));
      };
    }
    return (row, from, to) -> values.setLong(to, row.bigint(from));
  }

  /** The columns to read, in this order. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** Where a column is among {@link #names}; −1 if the table has none of that name. */
  public int placeOf(String column) {
    return names.indexOf(column);
  }

  /** Sets the date of the files that are read next. */
  public void setDay(LocalDate date) {
    day = date.toEpochDay();
  }

  /** Takes a row of {@link #names}. */
  public void read(RowCursor row) {
    values.clear();
    int from = 0;
    for (int to = 0; to < getters.size(); to++) {
      if (to == dayColumn) {
        values.setLong(to, day);
      } else {
        if (!row.isNull(from)) {
          getters.get(to).get(row, from, to);
        }
        from++;
      }
    }
  }
}
