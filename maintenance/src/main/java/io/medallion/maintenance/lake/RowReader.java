package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.ScanImpl;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/** What a table's snapshot is read with: its files from the log, and their rows batch by batch. */
final class RowReader {

  private final Engine engine;
  private final Snapshot snapshot;

  RowReader(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  /** Hands every file of the snapshot to the reader, without keeping any. */
  void forEachFile(Consumer<DataFile> reader) {
    ScanImpl scan = (ScanImpl) snapshot.getScanBuilder().build();
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine, true)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> rows = batches.next().getRows()) {
          rows.forEachRemaining(row -> reader.accept(DataFile.of(row)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the files of " + snapshot.getPath(), e);
    }
  }

  /**
   * Hands every row of some files of the snapshot, or of a later one, to the reader. A column that
   * the snapshot does not have is null.
   */
  void read(List<DataFile> files, List<String> columns, Consumer<RowCursor> reader) {
    Row state = scanState(columns);
    for (DataFile file : files) {
      try (FileRows rows = FileRows.open(engine, state, columns, file)) {
        while (rows.next()) {
          reader.accept(rows.row());
        }
      }
    }
  }

  /** Opens the rows of one such file. */
  FileRows open(DataFile file, List<String> columns) {
    return FileRows.open(engine, scanState(columns), columns, file);
  }

  private Row scanState(List<String> columns) {
    StructType schema =
        new StructType(
            columns.stream()
                .filter(name -> snapshot.getSchema().indexOf(name) >= 0)
                .map(name -> snapshot.getSchema().get(name))
                .toList());
    return snapshot.getScanBuilder().withReadSchema(schema).build().getScanState(engine);
  }
}
