package io.medallion.maintenance.lake;

import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.data.GenericRow;
import io.delta.kernel.internal.data.StructRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One commit of a table's log.
 *
 * @param committed by the writer's clock; if it does not tell, when the file appeared
 * @param operation as the writer calls it, such as {@code STREAMING UPDATE}
 * @param added files
 * @param effect on what was known of the table before
 */
public record TableCommit(
    long version, Instant committed, String operation, List<DataFile> added, Effect effect) {

  /** From harmless to the opposite. */
  public enum Effect {
    /** Rows came, none went. */
    APPEND,
    /** Files went, and their rows are in other files now: compaction. */
    REARRANGEMENT,
    /** Rows went, or the table's schema, properties or protocol changed. */
    REWRITE
  }

  private static final int INFO = 0;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int METADATA = 3;

  private static final StructType ACTIONS =
      new StructType()
          .add(
              "commitInfo",
              new StructType().add("timestamp", LongType.LONG).add("operation", StringType.STRING))
          .add("add", AddFile.SCHEMA_WITH_STATS)
          .add("remove", new StructType().add("dataChange", BooleanType.BOOLEAN))
          .add("metaData", new StructType().add("id", StringType.STRING));

  public TableCommit {
    added = List.copyOf(added);
  }

  /** By the files' statistics. */
  public long rows() {
    return added.stream().mapToLong(DataFile::rows).sum();
  }

  /**
   * Reads a commit's file.
   *
   * @param tableRoot as Kernel names it
   */
  static TableCommit read(Engine engine, String tableRoot, long version, FileStatus file) {
    Builder builder = new Builder(tableRoot, Instant.ofEpochMilli(file.getModificationTime()));
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(Utils.singletonCloseableIterator(file), ACTIONS, Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getSize(); row++) {
          builder.action(batch, row);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.getPath(), e);
    }
    return builder.build(version);
  }

  private static final class Builder {

    private final String tableRoot;
    private final List<DataFile> added = new ArrayList<>();
    private Instant committed;
    private String operation = "";
    private Effect effect = Effect.APPEND;

    Builder(String tableRoot, Instant appeared) {
      this.tableRoot = tableRoot;
      this.committed = appeared;
    }

    void action(ColumnarBatch batch, int row) {
      ColumnVector info = batch.getColumnVector(INFO);
      if (!info.isNullAt(row)) {
        info(StructRow.fromStructVector(info, row));
      }
      ColumnVector add = batch.getColumnVector(ADD);
      if (!add.isNullAt(row)) {
        added.add(
            DataFile.of(
                new GenericRow(
                    InternalScanFileUtils.SCAN_FILE_SCHEMA_WITH_STATS,
                    Map.of(0, StructRow.fromStructVector(add, row), 1, tableRoot))));
      }
      ColumnVector remove = batch.getColumnVector(REMOVE);
      if (!remove.isNullAt(row)) {
        Row action = StructRow.fromStructVector(remove, row);
        boolean rowsGo = action.isNullAt(0) || action.getBoolean(0);
        atLeast(rowsGo ? Effect.REWRITE : Effect.REARRANGEMENT);
      }
      if (!batch.getColumnVector(METADATA).isNullAt(row)) {
        atLeast(Effect.REWRITE);
      }
    }

    private void info(Row info) {
      if (!info.isNullAt(0)) {
        committed = Instant.ofEpochMilli(info.getLong(0));
      }
      operation = info.isNullAt(1) ? "" : info.getString(1);
    }

    private void atLeast(Effect other) {
      effect = effect.compareTo(other) < 0 ? other : effect;
    }

    TableCommit build(long version) {
      return new TableCommit(version, committed, operation, added, effect);
    }
  }
}
