package io.medallion.delta;

import java.math.BigInteger;
import java.util.Arrays;
import org.apache.flink.table.data.ArrayData;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.MapData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.ArrayType;
import org.apache.flink.table.types.logical.DecimalType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.MapType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;

/**
 * Writes values of Flink's internal data structures, nested ones included, as Parquet's repetition
 * and definition levels ("Dremel encoding"; see "Nested Encoding" in the Parquet format).
 *
 * <p>Levels follow from {@link ParquetSchemas}: a list or map adds one repetition level, and two
 * definition levels (it is there; it has an element) before those of its elements.
 */
abstract sealed class NestedColumn {

  private final ColumnWriter[] leaves;
  private final int firstLeaf;
  private final int leafCount;

  /** The definition level of a value of this column that is there. */
  final int definition;

  private NestedColumn(ColumnWriter[] leaves, int firstLeaf, int leafCount, int definition) {
    this.leaves = leaves;
    this.firstLeaf = firstLeaf;
    this.leafCount = leafCount;
    this.definition = definition;
  }

  /**
   * @param repetition how many lists and maps enclose the column
   * @param definition the definition level of a value that is there
   */
  static NestedColumn of(
      LogicalType type, ColumnWriter[] leaves, int firstLeaf, int repetition, int definition) {
    return switch (type.getTypeRoot()) {
      case ARRAY -> {
        LogicalType elementType = ((ArrayType) type).getElementType();
        yield new OfArray(
            of(elementType, leaves, firstLeaf, repetition + 1, definition + 2),
            ArrayData.createElementGetter(elementType),
            leaves,
            firstLeaf,
            repetition + 1,
            definition);
      }
      case MAP -> {
        MapType map = (MapType) type;
        // A map's key is required: it has no definition level of its own.
        NestedColumn keys = of(map.getKeyType(), leaves, firstLeaf, repetition + 1, definition + 1);
        NestedColumn values =
            of(
                map.getValueType(),
                leaves,
                firstLeaf + keys.leafCount,
                repetition + 1,
                definition + 2);
        yield new OfMap(keys, values, map, leaves, firstLeaf, repetition + 1, definition);
      }
      case ROW -> ofRow((RowType) type, leaves, firstLeaf, repetition, definition);
      default -> new Leaf(type, leaves, firstLeaf, definition);
    };
  }

  private static OfRow ofRow(
      RowType type, ColumnWriter[] leaves, int firstLeaf, int repetition, int definition) {
    NestedColumn[] fields = new NestedColumn[type.getFieldCount()];
    RowData.FieldGetter[] getters = new RowData.FieldGetter[fields.length];
    int next = firstLeaf;
    for (int i = 0; i < fields.length; i++) {
      fields[i] = of(type.getTypeAt(i), leaves, next, repetition, definition + 1);
      getters[i] = RowData.createFieldGetter(type.getTypeAt(i), i);
      next += fields[i].leafCount;
    }
    return new OfRow(fields, getters, leaves, firstLeaf, next - firstLeaf, definition);
  }

  /** Writes a value that is not null, starting at the given repetition level. */
  abstract void write(Object value, int repetition);

  /** Writes that there is nothing here, down to the given definition level. */
  final void writeAbsent(int repetition, int definitionLevel) {
    for (int leaf = firstLeaf; leaf < firstLeaf + leafCount; leaf++) {
      leaves[leaf].writeNull(repetition, definitionLevel);
    }
  }

  final void writeNullable(Object value, int repetition) {
    if (value == null) {
      writeAbsent(repetition, definition - 1);
    } else {
      write(value, repetition);
    }
  }

  private static final class Leaf extends NestedColumn {
    private final LogicalType type;
    private final ColumnWriter writer;

    Leaf(LogicalType type, ColumnWriter[] leaves, int leaf, int definition) {
      super(leaves, leaf, 1, definition);
      this.type = type;
      this.writer = leaves[leaf];
    }

    @Override
    void write(Object value, int repetition) {
      switch (type.getTypeRoot()) {
        case BOOLEAN -> writer.write((boolean) value, repetition, definition);
        case TINYINT, SMALLINT, INTEGER, DATE ->
            writer.write(((Number) value).intValue(), repetition, definition);
        case BIGINT -> writer.write((long) value, repetition, definition);
        case FLOAT -> writer.write((float) value, repetition, definition);
        case DOUBLE -> writer.write((double) value, repetition, definition);
        case CHAR, VARCHAR ->
            writer.write(
                Binary.fromReusedByteArray(((StringData) value).toBytes()), repetition, definition);
        case BINARY, VARBINARY ->
            writer.write(Binary.fromReusedByteArray((byte[]) value), repetition, definition);
        case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
            writer.write(epochMicros((TimestampData) value), repetition, definition);
        case DECIMAL -> writeDecimal((DecimalData) value, repetition);
        default -> throw new IllegalStateException("Not a primitive: " + type);
      }
    }

    private void writeDecimal(DecimalData value, int repetition) {
      switch (ParquetSchemas.decimalStorage(((DecimalType) type).getPrecision())) {
        case INT32 -> writer.write((int) value.toUnscaledLong(), repetition, definition);
        case INT64 -> writer.write(value.toUnscaledLong(), repetition, definition);
        default ->
            writer.write(Binary.fromConstantByteArray(fixedLength(value)), repetition, definition);
      }
    }

    private static byte[] fixedLength(DecimalData value) {
      byte[] unscaled = value.toUnscaledBytes();
      byte[] fixed = new byte[ParquetSchemas.DECIMAL_BYTES];
      Arrays.fill(fixed, (byte) (new BigInteger(unscaled).signum() < 0 ? -1 : 0));
      System.arraycopy(unscaled, 0, fixed, fixed.length - unscaled.length, unscaled.length);
      return fixed;
    }
  }

  /** Microseconds since the epoch; anything finer is cut off, towards the past. */
  static long epochMicros(TimestampData timestamp) {
    return Math.addExact(
        Math.multiplyExact(timestamp.getMillisecond(), 1000L),
        timestamp.getNanoOfMillisecond() / 1000);
  }

  private static final class OfArray extends NestedColumn {
    private final NestedColumn element;
    private final ArrayData.ElementGetter getter;
    private final int innerRepetition;

    OfArray(
        NestedColumn element,
        ArrayData.ElementGetter getter,
        ColumnWriter[] leaves,
        int firstLeaf,
        int innerRepetition,
        int definition) {
      super(leaves, firstLeaf, element.leafCount, definition);
      this.element = element;
      this.getter = getter;
      this.innerRepetition = innerRepetition;
    }

    @Override
    void write(Object value, int repetition) {
      ArrayData array = (ArrayData) value;
      if (array.size() == 0) {
        writeAbsent(repetition, definition);
      }
      for (int i = 0; i < array.size(); i++) {
        element.writeNullable(
            getter.getElementOrNull(array, i), i == 0 ? repetition : innerRepetition);
      }
    }
  }

  private static final class OfMap extends NestedColumn {
    private final NestedColumn key;
    private final NestedColumn value;
    private final ArrayData.ElementGetter keyGetter;
    private final ArrayData.ElementGetter valueGetter;
    private final int innerRepetition;

    OfMap(
        NestedColumn key,
        NestedColumn value,
        MapType type,
        ColumnWriter[] leaves,
        int firstLeaf,
        int innerRepetition,
        int definition) {
      super(leaves, firstLeaf, key.leafCount + value.leafCount, definition);
      this.key = key;
      this.value = value;
      this.keyGetter = ArrayData.createElementGetter(type.getKeyType());
      this.valueGetter = ArrayData.createElementGetter(type.getValueType());
      this.innerRepetition = innerRepetition;
    }

    @Override
    void write(Object object, int repetition) {
      MapData map = (MapData) object;
      if (map.size() == 0) {
        writeAbsent(repetition, definition);
      }
      ArrayData keys = map.keyArray();
      ArrayData values = map.valueArray();
      for (int i = 0; i < map.size(); i++) {
        int level = i == 0 ? repetition : innerRepetition;
        Object mapKey = keyGetter.getElementOrNull(keys, i);
        if (mapKey == null) {
          throw new IllegalArgumentException("A map's key must not be null.");
        }
        key.write(mapKey, level);
        value.writeNullable(valueGetter.getElementOrNull(values, i), level);
      }
    }
  }

  private static final class OfRow extends NestedColumn {
    private final NestedColumn[] fields;
    private final RowData.FieldGetter[] getters;

    OfRow(
        NestedColumn[] fields,
        RowData.FieldGetter[] getters,
        ColumnWriter[] leaves,
        int firstLeaf,
        int leafCount,
        int definition) {
      super(leaves, firstLeaf, leafCount, definition);
      this.fields = fields;
      this.getters = getters;
    }

    @Override
    void write(Object value, int repetition) {
      RowData row = (RowData) value;
      for (int i = 0; i < fields.length; i++) {
        fields[i].writeNullable(getters[i].getFieldOrNull(row), repetition);
      }
    }
  }
}
