package io.medallion.delta;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of INT32, INT64, FLOAT or DOUBLE; every value is held by its bits. */
final class NumberColumn extends FlatColumn {

  private static final int MAX_DICTIONARY_ENTRIES = 1 << 15;
  private static final int FIRST_CAPACITY = 64;

  private final PrimitiveTypeName type;
  private final int width;
  private long[] page = new long[FIRST_CAPACITY];
  private final NumberDictionary dictionary = new NumberDictionary();

  NumberColumn(ColumnDescriptor column, PageWriteStore pages) {
    super(column, pages);
    this.type = column.getPrimitiveType().getPrimitiveTypeName();
    this.width =
        type == PrimitiveTypeName.INT64 || type == PrimitiveTypeName.DOUBLE
            ? Long.BYTES
            : Integer.BYTES;
  }

  /** Adds an INT32 or INT64. */
  void add(long value) {
    if (values == page.length) {
      page = Arrays.copyOf(page, 2 * values);
    }
    page[values] = value;
    endValue(false);
  }

  void add(float value) {
    add(Float.floatToRawIntBits(value));
  }

  void add(double value) {
    add(Double.doubleToRawLongBits(value));
  }

  @Override
  long pageSize() {
    return (long) width * values;
  }

  @Override
  boolean lookUp(int[] ids, int from, int to) {
    for (int i = from; i < to; i++) {
      ids[i] = dictionary.idOf(page[i]);
    }
    return dictionary.size() <= MAX_DICTIONARY_ENTRIES;
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  long dictionaryBytes() {
    return (long) width * dictionary.size();
  }

  @Override
  BytesInput dictionaryEntries() {
    return plain(dictionary.entries(), dictionary.size());
  }

  @Override
  BytesInput plain() {
    return plain(page, values);
  }

  private BytesInput plain(long[] bits, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(width * count).order(ByteOrder.LITTLE_ENDIAN);
    if (width == Long.BYTES) {
      bytes.asLongBuffer().put(bits, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        bytes.putInt(Integer.BYTES * i, (int) bits[i]);
      }
    }
    return BytesInput.from(bytes);
  }

  @Override
  void pageBounds(Statistics<?> statistics) {
    bounds(statistics, page, values);
  }

  @Override
  void dictionaryBounds(Statistics<?> statistics) {
    bounds(statistics, dictionary.entries(), dictionary.size());
  }

  /** Both bounds are NaN if there is one; -0 counts as less than 0. */
  private void bounds(Statistics<?> statistics, long[] bits, int count) {
    switch (type) {
      case INT32, INT64 -> {
        long min = bits[0];
        long max = bits[0];
        for (int i = 1; i < count; i++) {
          min = Math.min(min, bits[i]);
          max = Math.max(max, bits[i]);
        }
        if (type == PrimitiveTypeName.INT64) {
          statistics.updateStats(min);
          statistics.updateStats(max);
        } else {
          statistics.updateStats((int) min);
          statistics.updateStats((int) max);
        }
      }
      case FLOAT -> {
        float min = Float.intBitsToFloat((int) bits[0]);
        float max = min;
        for (int i = 1; i < count; i++) {
          float value = Float.intBitsToFloat((int) bits[i]);
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
        statistics.updateStats(min);
        statistics.updateStats(max);
      }
      default -> {
        double min = Double.longBitsToDouble(bits[0]);
        double max = min;
        for (int i = 1; i < count; i++) {
          double value = Double.longBitsToDouble(bits[i]);
          min = Math.min(min, value);
          max = Math.max(max, value);
        }
        statistics.updateStats(min);
        statistics.updateStats(max);
      }
    }
  }

  @Override
  public void write(int value, int repetitionLevel, int definitionLevel) {
    add((long) value);
  }

  @Override
  public void write(long value, int repetitionLevel, int definitionLevel) {
    add(value);
  }

  @Override
  public void write(float value, int repetitionLevel, int definitionLevel) {
    add(value);
  }

  @Override
  public void write(double value, int repetitionLevel, int definitionLevel) {
    add(value);
  }
}
