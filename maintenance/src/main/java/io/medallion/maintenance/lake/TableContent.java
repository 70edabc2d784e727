package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * A table as it was when it was opened, and the way to read files that came later: nothing of it is
 * held in memory, so a table may have any number of files.
 */
public final class TableContent {

  private final Engine engine;
  private final Snapshot snapshot;
  private final RowReader reader;

  /** A version of a table. */
  public static TableContent of(Engine engine, Snapshot snapshot) {
    return new TableContent(engine, snapshot);
  }

  TableContent(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.reader = new RowReader(engine, snapshot);
  }

  public long version() {
    return snapshot.getVersion();
  }

  /** When its last commit appeared. */
  public Instant committed() {
    return Instant.ofEpochMilli(snapshot.getTimestamp(engine));
  }

  /** Reads the log, and hands every file to the reader. */
  public void forEachFile(Consumer<DataFile> files) {
    reader.forEachFile(files);
  }

  /**
   * Hands every row of some files to the reader, on one cursor that is moved on.
   *
   * @param files of this content or added by a later commit
   * @param columns names of columns of the table that are not partition columns; the reader finds
   *     them by their place here
   */
  public void read(List<DataFile> files, List<String> columns, Consumer<RowCursor> rows) {
    reader.read(files, columns, rows);
  }

  Snapshot snapshot() {
    return snapshot;
  }
}
