package io.medallion.job.table;

import io.medallion.contract.ColumnType;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.BooleanType;
import org.apache.flink.table.types.logical.DateType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.IntType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;

/** Builds the columns of a table, all nullable, with the few types that every reader knows. */
public final class Columns {

  private final List<RowType.RowField> fields = new ArrayList<>();

  public Columns binary(String name) {
    return add(name, new VarBinaryType(VarBinaryType.MAX_LENGTH));
  }

  public Columns text(String name) {
    return add(name, new VarCharType(VarCharType.MAX_LENGTH));
  }

  public Columns textMap(String name) {
    VarCharType text = new VarCharType(VarCharType.MAX_LENGTH);
    return add(name, new MapType(text.copy(false), text));
  }

  /** A list of names, each with bytes. */
  public Columns namedBytes(String column, String name, String value) {
    RowType element =
        new RowType(
            List.of(
                new RowType.RowField(name, new VarCharType(VarCharType.MAX_LENGTH)),
                new RowType.RowField(value, new VarBinaryType(VarBinaryType.MAX_LENGTH))));
    return add(column, new ArrayType(element));
  }

  public Columns integer(String name) {
    return add(name, new IntType());
  }

  public Columns bigint(String name) {
    return add(name, new BigIntType());
  }

  public Columns bool(String name) {
    return add(name, new BooleanType());
  }

  public Columns decimal(String name) {
    return add(name, new DoubleType());
  }

  /** A column that a contract declares. */
  public Columns declared(String name, ColumnType type) {
    return switch (type) {
      case STRING -> text(name);
      case LONG -> bigint(name);
      case INTEGER -> integer(name);
      case DOUBLE -> decimal(name);
      case BOOLEAN -> bool(name);
      case TIMESTAMP -> timestamp(name);
    };
  }

  /** An instant, UTC, in microseconds. */
  public Columns timestamp(String name) {
    return add(name, new LocalZonedTimestampType(6));
  }

  public Columns date(String name) {
    return add(name, new DateType());
  }

  /** All columns of another table, in its order. */
  public Columns all(RowType others) {
    fields.addAll(others.getFields());
    return this;
  }

  public RowType build() {
    return new RowType(fields);
  }

  private Columns add(String name, LogicalType type) {
    fields.add(new RowType.RowField(name, type));
    return this;
  }
}
