package io.medallion.delta;

import io.delta.kernel.expressions.Column;
import io.delta.kernel.expressions.Literal;
import io.delta.kernel.statistics.DataFileStatistics;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructField;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.io.api.Binary;

/**
 * Delta's per-file statistics from the footer that the Parquet writer still has in memory.
 *
 * <p>Covers the first {@value #INDEXED_COLUMNS} columns, as {@code
 * delta.dataSkippingNumIndexedCols} does by default. Bounds may be wide but are never wrong:
 * strings are cut to {@value #MAX_STRING} code points, the upper bound to something that sorts
 * after every string with that prefix; a column with a NaN has no bounds; a zero bound covers both
 * signed zeros. Binary columns, lists and maps have null counts at most.
 */
final class FileStatistics {

  static final int INDEXED_COLUMNS = 32;
  static final int MAX_STRING = 32;

  private final ParquetMetadata footer;
  private final Map<Column, Literal> minValues = new HashMap<>();
  private final Map<Column, Literal> maxValues = new HashMap<>();
  private final Map<Column, Long> nullCounts = new HashMap<>();

  private FileStatistics(ParquetMetadata footer) {
    this.footer = footer;
  }

  static DataFileStatistics of(ParquetMetadata footer, StructType schema) {
    FileStatistics statistics = new FileStatistics(footer);
    long rows = footer.getBlocks().stream().mapToLong(BlockMetaData::getRowCount).sum();
    int indexed = 0;
    for (StructField field : schema.fields()) {
      if (indexed == INDEXED_COLUMNS) {
        break;
      }
      if (statistics.add(field)) {
        indexed++;
      }
    }
    return new DataFileStatistics(
        rows, statistics.minValues, statistics.maxValues, statistics.nullCounts, Optional.empty());
  }

  /** False if the column is not in the file (a partition column) or not primitive. */
  private boolean add(StructField field) {
    ColumnPath path = ColumnPath.get(field.getName());
    Statistics<?> merged = null;
    for (BlockMetaData rowGroup : footer.getBlocks()) {
      for (ColumnChunkMetaData chunk : rowGroup.getColumns()) {
        if (chunk.getPath().equals(path)) {
          if (merged == null) {
            merged = chunk.getStatistics().copy();
          } else {
            merged.mergeStatistics(chunk.getStatistics());
          }
        }
      }
    }
    if (merged == null) {
      return false;
    }
    Column column = new Column(field.getName());
    if (merged.isNumNullsSet()) {
      nullCounts.put(column, merged.getNumNulls());
    }
    if (merged.hasNonNullValue()) {
      Optional<Literal> min = bound(field.getDataType(), merged.genericGetMin(), false);
      Optional<Literal> max = bound(field.getDataType(), merged.genericGetMax(), true);
      if (min.isPresent() && max.isPresent()) {
        minValues.put(column, min.get());
        maxValues.put(column, max.get());
      }
    }
    return true;
  }

  private static Optional<Literal> bound(DataType type, Object value, boolean upper) {
    Literal literal = null;
    if (type instanceof BooleanType) {
      literal = Literal.ofBoolean((Boolean) value);
    } else if (type instanceof ByteType) {
      literal = Literal.ofByte(((Number) value).byteValue());
    } else if (type instanceof ShortType) {
      literal = Literal.ofShort(((Number) value).shortValue());
    } else if (type instanceof IntegerType) {
      literal = Literal.ofInt((Integer) value);
    } else if (type instanceof DateType) {
      literal = Literal.ofDate((Integer) value);
    } else if (type instanceof LongType) {
      literal = Literal.ofLong((Long) value);
    } else if (type instanceof TimestampType) {
      literal = Literal.ofTimestamp((Long) value);
    } else if (type instanceof FloatType) {
      float number = (Float) value;
      literal =
          Float.isNaN(number) ? null : Literal.ofFloat(number == 0 ? (upper ? 0f : -0f) : number);
    } else if (type instanceof DoubleType) {
      double number = (Double) value;
      literal =
          Double.isNaN(number) ? null : Literal.ofDouble(number == 0 ? (upper ? 0d : -0d) : number);
    } else if (type instanceof DecimalType decimal) {
      literal =
          Literal.ofDecimal(
              unscaled(value, decimal.getScale()), decimal.getPrecision(), decimal.getScale());
    } else if (type instanceof StringType) {
      String text = ((Binary) value).toStringUsingUTF8();
      literal = Literal.ofString(upper ? upperBound(text) : prefix(text));
    }
    return Optional.ofNullable(literal);
  }

  private static BigDecimal unscaled(Object value, int scale) {
    return value instanceof Binary binary
        ? new BigDecimal(new BigInteger(binary.getBytes()), scale)
        : BigDecimal.valueOf(((Number) value).longValue(), scale);
  }

  private static String prefix(String text) {
    return text.codePointCount(0, text.length()) <= MAX_STRING
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_STRING));
  }

  /** A string that sorts at or after every string with the text's prefix, in Delta's order. */
  private static String upperBound(String text) {
    int end = prefix(text).length();
    // The last code point of all sorts after any other in UTF-8, but not after itself and more.
    while (end < text.length() && text.codePointAt(end) == Character.MAX_CODE_POINT) {
      end += Character.charCount(Character.MAX_CODE_POINT);
    }
    return end == text.length()
        ? text
        : text.substring(0, end) + Character.toString(Character.MAX_CODE_POINT);
  }
}
