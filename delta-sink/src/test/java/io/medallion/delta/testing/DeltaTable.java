package io.medallion.delta.testing;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.medallion.delta.FileNamingEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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
    this.engine = FileNamingEngine.create(hadoop);
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

  /** The table as it was at a version. */
  public Snapshot snapshot(long version) {
    return TableManager.loadSnapshot(path).atVersion(version).build(engine);
  }

  public long version() {
    return snapshot().getVersion();
  }

  /** Writes a log checkpoint of the newest version. */
  public void writeCheckpoint() throws IOException {
    snapshot().writeCheckpoint(engine);
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
          result.addAll(KernelValues.rows(data.next()));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return result;
  }
}
