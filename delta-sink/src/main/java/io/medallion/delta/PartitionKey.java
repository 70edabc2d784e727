package io.medallion.delta;

import io.delta.kernel.expressions.Literal;
import io.delta.kernel.internal.util.PartitionUtils;
import io.delta.kernel.internal.util.VectorUtils;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.table.types.logical.LogicalType;

/**
 * The partition values of a row: filled in by the encoder, then the key of the row's file.
 *
 * <p>One instance is refilled for every row; only a partition seen for the first time is copied.
 * Null is refused: a null partition value breaks readers (Synapse serverless fails on it).
 */
final class PartitionKey implements RowWriter {

  private final TableSpec table;
  private final int[] slotOfColumn;
  private final long[] numbers;
  private final String[] strings;
  private int filled;

  PartitionKey(TableSpec table) {
    this.table = table;
    this.slotOfColumn = new int[table.rowType().getFieldCount()];
    Arrays.fill(slotOfColumn, -1);
    List<String> names = table.partitionColumns();
    for (int slot = 0; slot < names.size(); slot++) {
      slotOfColumn[table.rowType().getFieldIndex(names.get(slot))] = slot;
    }
    this.numbers = new long[names.size()];
    this.strings = new String[names.size()];
  }

  private PartitionKey(PartitionKey other) {
    this.table = other.table;
    this.slotOfColumn = other.slotOfColumn;
    this.numbers = other.numbers.clone();
    this.strings = other.strings.clone();
    this.filled = other.filled;
  }

  /** True for the types that a partition column may have. */
  static boolean supports(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          DATE,
          CHAR,
          VARCHAR,
          TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          true;
      default -> false;
    };
  }

  /** Forgets the last row's values. */
  void clear() {
    filled = 0;
  }

  PartitionKey copy() {
    return new PartitionKey(this);
  }

  /** Throws if the encoder left out a partition column. */
  void requireComplete() {
    if (filled != numbers.length) {
      throw new IllegalArgumentException(
          table
              + " is partitioned by "
              + table.partitionColumns()
              + ", but a row has no value for one of them. Null partition values are not written:"
              + " they break readers. Give the row a value in RowEncoder.encodePartition.");
    }
  }

  /** Partition column → value in Delta's string form ("Partition Value Serialization"). */
  Map<String, String> values() {
    return VectorUtils.toJavaMap(PartitionUtils.serializePartitionMap(literals()));
  }

  /** The partition's directory under the table's root, escaped as Hive does. */
  String directory() {
    String root = "/table";
    return PartitionUtils.getTargetDirectory(root, table.partitionColumns(), literals())
        .substring(root.length() + 1);
  }

  private Map<String, Literal> literals() {
    Map<String, Literal> literals = new LinkedHashMap<>();
    for (int slot = 0; slot < numbers.length; slot++) {
      String column = table.partitionColumns().get(slot);
      LogicalType type = table.rowType().getTypeAt(table.rowType().getFieldIndex(column));
      literals.put(column, literal(type, slot));
    }
    return literals;
  }

  private Literal literal(LogicalType type, int slot) {
    long number = numbers[slot];
    return switch (type.getTypeRoot()) {
      case BOOLEAN -> Literal.ofBoolean(number != 0);
      case TINYINT -> Literal.ofByte((byte) number);
      case SMALLINT -> Literal.ofShort((short) number);
      case INTEGER -> Literal.ofInt((int) number);
      case BIGINT -> Literal.ofLong(number);
      case DATE -> Literal.ofDate((int) number);
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> Literal.ofTimestamp(number);
      case CHAR, VARCHAR -> Literal.ofString(strings[slot]);
      default -> throw new IllegalStateException("Not a partition type: " + type);
    };
  }

  private void setNumber(int column, long value) {
    int slot = slot(column);
    numbers[slot] = value;
    filled++;
  }

  private int slot(int column) {
    int slot = slotOfColumn[column];
    if (slot < 0) {
      throw new IllegalArgumentException(
          "RowEncoder.encodePartition set column '"
              + table.rowType().getFieldNames().get(column)
              + "', which is not one of the partition columns "
              + table.partitionColumns());
    }
    return slot;
  }

  @Override
  public void setBoolean(int column, boolean value) {
    setNumber(column, value ? 1 : 0);
  }

  @Override
  public void setInt(int column, int value) {
    setNumber(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    setNumber(column, value);
  }

  @Override
  public void setString(int column, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "Partition column '"
              + table.rowType().getFieldNames().get(column)
              + "' is an empty string, which Delta reads back as null.");
    }
    strings[slot(column)] = value;
    filled++;
  }

  @Override
  public void setFloat(int column, float value) {
    throw notAPartitionType(column);
  }

  @Override
  public void setDouble(int column, double value) {
    throw notAPartitionType(column);
  }

  @Override
  public void setBytes(int column, byte[] value, int offset, int length) {
    throw notAPartitionType(column);
  }

  @Override
  public void setInternal(int column, Object value) {
    throw notAPartitionType(column);
  }

  private UnsupportedOperationException notAPartitionType(int column) {
    return new UnsupportedOperationException(
        "Set partition column '"
            + table.rowType().getFieldNames().get(column)
            + "' through setBoolean, setInt, setLong or setString.");
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PartitionKey other
        && Arrays.equals(numbers, other.numbers)
        && Arrays.equals(strings, other.strings);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(numbers) + Arrays.hashCode(strings);
  }
}
