package io.medallion.maintenance.lake;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.DataType;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Rows for checks, without a table. */
public final class TestRows {

  private TestRows() {}

  /**
   * Hands a row to a check.
   *
   * @param columns that the check asks for
   * @param values by column; those that are not there are null
   */
  public static void row(List<String> columns, Map<String, ?> values, Consumer<RowCursor> check) {
    check.accept(
        new RowCursor(
            columns.stream()
                .map(name -> values.containsKey(name) ? new Value(values.get(name)) : null)
                .toArray(ColumnVector[]::new)));
  }

  private record Value(Object value) implements ColumnVector {

    @Override
    public DataType getDataType() {
      return BooleanType.BOOLEAN;
    }

    @Override
    public int getSize() {
      return 1;
    }

    @Override
    public boolean isNullAt(int row) {
      return value == null;
    }

    @Override
    public int getInt(int row) {
      return (int) value;
    }

    @Override
    public long getLong(int row) {
      return (long) value;
    }

    @Override
    public double getDouble(int row) {
      return (double) value;
    }

    @Override
    public String getString(int row) {
      return (String) value;
    }

    @Override
    public byte[] getBinary(int row) {
      return (byte[]) value;
    }

    @Override
    public void close() {}
  }
}
