package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One version of a table: its files, and their rows, read batch by batch. */
public final class TableVersion {

  private final TableDefinition table;
  private final Snapshot snapshot;
  private final RowReader reader;
  private final List<DataFile> files;

  private TableVersion(
      TableDefinition table, Snapshot snapshot, RowReader reader, List<DataFile> files) {
    this.table = table;
    this.snapshot = snapshot;
    this.reader = reader;
    this.files = files;
  }

  static TableVersion of(TableDefinition table, Engine engine, Snapshot snapshot) {
    RowReader reader = new RowReader(engine, snapshot);
    List<DataFile> files = new ArrayList<>();
    reader.forEachFile(files::add);
    return new TableVersion(table, snapshot, reader, List.copyOf(files));
  }

  public TableDefinition table() {
    return table;
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  public List<DataFile> files() {
    return files;
  }

  /** What was removed because it was old. */
  public Expired expired() {
    return Expired.of(snapshot);
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
  public void read(List<DataFile> some, List<String> columns, Consumer<RowCursor> rows) {
    reader.read(some, columns, rows);
  }

  /** Opens the rows of one file, to be moved on by the caller. */
  public FileRows open(DataFile file, List<String> columns) {
    return reader.open(file, columns);
  }
}
