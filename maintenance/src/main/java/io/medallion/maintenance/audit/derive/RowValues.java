package io.medallion.maintenance.audit.derive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.TimestampType;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The values of one row, 64 bits a column: numbers, dates and times as they are, texts and bytes by
 * a hash. Reused row by row.
 */
public final class RowValues {

  /** Stands for null. */
  private static final long NULL = 0x8000_0000_DEAD_0001L;

  /** Of a double, what may differ between machines in logarithms and powers. */
  private static final int UNSURE_BITS = 22;

  private static final double TOLERANCE = 1e-9;

  private static final int MOST_SHOWN = 60;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final List<StructField> columns;
  private final boolean[] isDouble;

  /** Columns of doubles that functions give, whose last digits do not count. */
  private final boolean[] isUnsure;

  private final long[] values;

  /** What people see of texts; null if nobody is to see it. */
  private final String[] shown;

  /**
   * @param unsure names of columns whose last digits do not count
   * @param keepsTexts whether texts are to be seen later
   */
  public RowValues(List<StructField> columns, Predicate<String> unsure, boolean keepsTexts) {
    this.columns = List.copyOf(columns);
    this.isDouble = new boolean[columns.size()];
    this.isUnsure = new boolean[columns.size()];
    this.values = new long[columns.size()];
    this.shown = keepsTexts ? new String[columns.size()] : null;
    for (int i = 0; i < columns.size(); i++) {
      isDouble[i] = columns.get(i).getDataType() instanceof DoubleType;
      isUnsure[i] = isDouble[i] && unsure.test(columns.get(i).getName());
    }
    clear();
  }

  private RowValues(RowValues other) {
    columns = other.columns;
    isDouble = other.isDouble;
    isUnsure = other.isUnsure;
    values = other.values.clone();
    shown = other.shown == null ? null : other.shown.clone();
  }

  public RowValues copy() {
    return new RowValues(this);
  }

  public List<StructField> columns() {
    return columns;
  }

  /** Makes all of them null. */
  public void clear() {
    Arrays.fill(values, NULL);
    if (shown != null) {
      Arrays.fill(shown, null);
    }
  }

  /** Sets a number, date, time or boolean. */
  public void setLong(int column, long value) {
    values[column] = value;
  }

  void setDouble(int column, double value) {
    values[column] = Double.doubleToRawLongBits(value);
  }

  public void setText(int column, String value) {
    setBytes(column, value.getBytes(UTF_8));
  }

  public void setNull(int column) {
    values[column] = NULL;
  }

  void setBytes(int column, byte[] value) {
    values[column] = hash(value);
    if (shown != null) {
      String text = new String(value, 0, Math.min(value.length, 4 * MOST_SHOWN), UTF_8);
      shown[column] =
          "'"
              + text.substring(0, Math.min(text.length(), MOST_SHOWN)).replaceAll("\\p{Cntrl}", "?")
              + "'";
    }
  }

  /** Adds to what a list has so far. */
  void addToList(int column, String name, byte[] value) {
    long of = value == null ? NULL : hash(value);
    values[column] = mix(values[column] + mix(hash(name.getBytes(UTF_8)) + 31 * of));
  }

  void beginList(int column) {
    values[column] = 0;
  }

  /**
   * A number that is the same for the same values, and else another one but for a chance of 2^-64.
   *
   * @param counted which columns count, by their place
   */
  public long sum(boolean[] counted) {
    long sum = 0;
    for (int i = 0; i < values.length; i++) {
      if (counted[i] && values[i] != NULL) {
        sum += mix((isUnsure[i] ? rounded(values[i]) : values[i]) + i * 0x9E37_79B9_7F4A_7C15L);
      }
    }
    return mix(sum);
  }

  /**
   * The first column whose values differ; −1 if none does.
   *
   * @param counted which columns count, by their place
   */
  public int difference(RowValues other, boolean[] counted) {
    for (int i = 0; i < values.length; i++) {
      if (counted[i] && values[i] != other.values[i] && !isNearly(i, other)) {
        return i;
      }
    }
    return -1;
  }

  private boolean isNearly(int column, RowValues other) {
    if (!isUnsure[column] || values[column] == NULL || other.values[column] == NULL) {
      return false;
    }
    double mine = Double.longBitsToDouble(values[column]);
    double theirs = Double.longBitsToDouble(other.values[column]);
    return Math.abs(mine - theirs) <= TOLERANCE * Math.max(1, Math.abs(theirs));
  }

  /** A value for people. */
  public String shown(int column) {
    if (values[column] == NULL) {
      return "null";
    }
    if (shown != null && shown[column] != null) {
      return shown[column];
    }
    if (isDouble[column]) {
      return Double.toString(Double.longBitsToDouble(values[column]));
    }
    return columns.get(column).getDataType() instanceof TimestampType
        ? Instant.EPOCH.plus(values[column], ChronoUnit.MICROS).toString()
        : Long.toString(values[column]);
  }

  /** The place of a column; −1 if there is none. */
  public int placeOf(String column) {
    for (int i = 0; i < values.length; i++) {
      if (columns.get(i).getName().equals(column)) {
        return i;
      }
    }
    return -1;
  }

  private static long rounded(long bits) {
    return (bits + (1L << (UNSURE_BITS - 1))) >> UNSURE_BITS;
  }

  private static long hash(byte[] bytes) {
    long hash = bytes.length;
    int at = 0;
    for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < bytes.length; at++) {
      rest = rest << Byte.SIZE | (bytes[at] & 0xFF);
    }
    return mix(hash ^ rest);
  }

  /** Every bit of the result depends on every bit of the number (SplitMix64's finalizer). */
  private static long mix(long number) {
    long z = number + 0x9E37_79B9_7F4A_7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
    return z ^ (z >>> 31);
  }
}
