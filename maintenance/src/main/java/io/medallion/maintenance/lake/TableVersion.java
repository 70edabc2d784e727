package io.medallion.maintenance.lake;

import io.delta.kernel.Scan;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** One version of a table: its files, and their rows, read batch by batch. */
public final class TableVersion {

  private final TableKind table;
  private final Engine engine;
  private final Snapshot snapshot;
  private final List<DataFile> files;

  private TableVersion(TableKind table, Engine engine, Snapshot snapshot, List<DataFile> files) {
    this.table = table;
    this.engine = engine;
    this.snapshot = snapshot;
    this.files = files;
  }

  static TableVersion of(TableKind table, Engine engine, Snapshot snapshot) {
    List<DataFile> files = new ArrayList<>();
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(row -> files.add(DataFile.of(row)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the files of " + table.path(), e);
    }
    return new TableVersion(table, engine, snapshot, List.copyOf(files));
  }

  public TableKind table() {
    return table;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public List<DataFile> files() {
    return files;
  }

  /** By the files' statistics. */
  public long rows() {
    return files.stream().mapToLong(DataFile::rows).sum();
  }

  /**
   * Hands every row of some files to the reader, on one cursor that is moved on.
   *
   * @param columns names of columns of the table that are not partition columns; the reader finds
   *     them by their place here
   */
  public void read(List<DataFile> some, List<String> columns, Consumer<RowCursor> reader) {
    StructType schema =
        new StructType(columns.stream().map(name -> snapshot.getSchema().get(name)).toList());
    Scan scan = snapshot.getScanBuilder().withReadSchema(schema).build();
    Row state = scan.getScanState(engine);
    StructType physical = ScanStateRow.getPhysicalDataReadSchema(state);
    for (DataFile file : some) {
      try (CloseableIterator<FilteredColumnarBatch> batches =
          Scan.transformPhysicalData(
              engine,
              state,
              file.scanRow(),
              engine
                  .getParquetHandler()
                  .readParquetFiles(
                      Utils.singletonCloseableIterator(
                          InternalScanFileUtils.getAddFileStatus(file.scanRow())),
                      physical,
                      Optional.empty())
                  .map(read -> read.getData()))) {
        while (batches.hasNext()) {
          read(batches.next().getData(), reader);
        }
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file.path(), e);
      }
    }
  }

  private static void read(ColumnarBatch batch, Consumer<RowCursor> reader) {
    ColumnVector[] columns = new ColumnVector[batch.getSchema().length()];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = batch.getColumnVector(column);
    }
    RowCursor cursor = new RowCursor(columns);
    for (int row = 0; row < batch.getSize(); row++) {
      cursor.moveTo(row);
      reader.accept(cursor);
    }
  }
}
