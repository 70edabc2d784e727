package io.medallion.maintenance.audit.derive;

import io.medallion.delta.RowWriter;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.RowData;

/** Takes a row from a table's encoder, in place of a file. */
public final class EncodedRow implements RowWriter {

  private static final int NOWHERE = -1;

  private final RowValues values;

  /** Where the encoder's columns are in the table. */
  private final int[] places;

  /**
   * @param encoded the encoder's columns; those that the table does not have are left out
   * @param values of the table
   */
  public EncodedRow(List<String> encoded, RowValues values) {
    this.values = values;
    List<String> names = values.columns().stream().map(column -> column.getName()).toList();
    this.places = encoded.stream().mapToInt(names::indexOf).toArray();
  }

  @Override
  public void setBoolean(int column, boolean value) {
    setLong(column, value ? 1 : 0);
  }

  @Override
  public void setInt(int column, int value) {
    setLong(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    if (places[column] != NOWHERE) {
      values.setLong(places[column], value);
    }
  }

  @Override
  public void setFloat(int column, float value) {
    setDouble(column, value);
  }

  @Override
  public void setDouble(int column, double value) {
    if (places[column] != NOWHERE) {
      values.setDouble(places[column], value);
    }
  }

  @Override
  public void setBytes(int column, byte[] value, int offset, int length) {
    if (places[column] != NOWHERE) {
      values.setBytes(
          places[column],
          length == value.length ? value : Arrays.copyOfRange(value, offset, offset + length));
    }
  }

  @Override
  public void setString(int column, String value) {
    if (places[column] != NOWHERE) {
      values.setText(places[column], value);
    }
  }

  /** Sets a record's headers, which are all that tables have of this kind. */
  @Override
  public void setInternal(int column, Object value) {
    if (places[column] == NOWHERE) {
      return;
    }
    ArrayData headers = (ArrayData) value;
    values.beginList(places[column]);
    for (int i = 0; i < headers.size(); i++) {
      RowData header = headers.getRow(i, 2);
      values.addToList(
          places[column],
          header.getString(0).toString(),
          header.isNullAt(1) ? null : header.getBinary(1));
    }
  }
}
