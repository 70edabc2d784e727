package io.medallion.delta.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.MapValue;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.internal.util.VectorUtils;
import io.delta.kernel.types.BinaryType;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.ByteType;
import io.delta.kernel.types.DataType;
import io.delta.kernel.types.DateType;
import io.delta.kernel.types.DecimalType;
import io.delta.kernel.types.DoubleType;
import io.delta.kernel.types.FloatType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.MapType;
import io.delta.kernel.types.ShortType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.types.TimestampType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads whole Delta tables through Kernel, for tests: small tables, values as plain Java objects.
 */
public final class DeltaTable {

  private final Engine engine;
  private final String path;

  public DeltaTable(String path) {
    this(path, new Configuration());
  }

  public DeltaTable(String path, Configuration hadoop) {
    this.path = path;
    this.engine = DefaultEngine.create(hadoop);
  }

  public boolean exists() {
    try {
      snapshot();
      return true;
    } catch (TableNotFoundException e) {
      return false;
    }
  }

  public Snapshot snapshot() {
    return TableManager.loadSnapshot(path).build(engine);
  }

  public long version() {
    return snapshot().getVersion();
  }

  /** The files that the table consists of, as rows of Kernel's scan, statistics included. */
  public List<Row> files() {
    List<Row> files = new ArrayList<>();
    try (CloseableIterator<FilteredColumnarBatch> batches =
        ((ScanImpl) snapshot().getScanBuilder().build()).getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(files::add);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /**
   * All rows, each as column name → value: dates and timestamps as java.time, maps as Java maps.
   */
  public List<Map<String, Object>> rows() {
    Scan scan = snapshot().getScanBuilder().build();
    Row state = scan.getScanState(engine);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    List<Map<String, Object>> result = new ArrayList<>();
    for (Row file : files()) {
      FileStatus status = InternalScanFileUtils.getAddFileStatus(file);
      try (CloseableIterator<FilteredColumnarBatch> data =
          Scan.transformPhysicalData(
              engine,
              state,
              file,
              engine
                  .getParquetHandler()
                  .readParquetFiles(
                      Utils.singletonCloseableIterator(status), physical, Optional.empty())
                  .map(read -> read.getData()))) {
        while (data.hasNext()) {
          try (CloseableIterator<Row> rows = data.next().getRows()) {
            while (rows.hasNext()) {
              result.add(toMap(rows.next()));
            }
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return result;
  }

  private static Map<String, Object> toMap(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int i = 0; i < row.getSchema().length(); i++) {
      values.put(
          row.getSchema().at(i).getName(),
          row.isNullAt(i) ? null : value(row, i, row.getSchema().at(i).getDataType()));
    }
    return values;
  }

  private static Object value(Row row, int i, DataType type) {
    if (type instanceof BooleanType) {
      return row.getBoolean(i);
    } else if (type instanceof ByteType) {
      return row.getByte(i);
    } else if (type instanceof ShortType) {
      return row.getShort(i);
    } else if (type instanceof IntegerType) {
      return row.getInt(i);
    } else if (type instanceof LongType) {
      return row.getLong(i);
    } else if (type instanceof FloatType) {
      return row.getFloat(i);
    } else if (type instanceof DoubleType) {
      return row.getDouble(i);
    } else if (type instanceof DecimalType) {
      return row.getDecimal(i);
    } else if (type instanceof StringType) {
      return row.getString(i);
    } else if (type instanceof BinaryType) {
      return row.getBinary(i);
    } else if (type instanceof DateType) {
      return LocalDate.ofEpochDay(row.getInt(i));
    } else if (type instanceof TimestampType) {
      return Instant.EPOCH.plus(row.getLong(i), ChronoUnit.MICROS);
    } else if (type instanceof MapType) {
      MapValue map = row.getMap(i);
      return VectorUtils.toJavaMap(map);
    } else if (type instanceof StructType) {
      return toMap(row.getStruct(i));
    } else if (type instanceof io.delta.kernel.types.ArrayType) {
      return VectorUtils.toJavaList(row.getArray(i));
    }
    throw new IllegalArgumentException("No test reader for " + type);
  }
}
