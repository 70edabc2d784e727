package io.medallion.maintenance.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.data.StructRow;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.LongType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import io.medallion.maintenance.history.VersionEntry.Files;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what versions of a table did, each from its own file of the log. */
final class VersionReader {

  private static final JsonMapper JSON = new JsonMapper();

  private static final int INFO = 0;
  private static final int TXN = 1;
  private static final int ADD = 2;
  private static final int REMOVE = 3;
  private static final int METADATA = 4;
  private static final int PROTOCOL = 5;

  private static final StructType FILE =
      new StructType()
          .add("size", LongType.LONG)
          .add("dataChange", BooleanType.BOOLEAN)
          .add("stats", StringType.STRING);
  private static final StructType ACTIONS =
      new StructType()
          .add(
              "commitInfo",
              new StructType().add("timestamp", LongType.LONG).add("operation", StringType.STRING))
          .add("txn", SetTransaction.FULL_SCHEMA)
          .add("add", FILE)
          .add("remove", FILE)
          .add("metaData", new StructType().add("id", StringType.STRING))
          .add("protocol", new StructType().add("minReaderVersion", IntegerType.INTEGER));

  private final Engine engine;
  private final Snapshot newest;
  private final String sinkPrefix;

  VersionReader(Engine engine, Snapshot newest, TableDefinition table) {
    this.engine = engine;
    this.newest = newest;
    this.sinkPrefix = table.sink() + "/";
  }

  /** Empty if the log was cleaned up to there. */
  Optional<VersionEntry> read(long version) {
    String path = FileNames.deltaFile(newest.getLogPath(), version);
    try {
      FileStatus file = engine.getFileSystemClient().getFileStatus(path);
      return Optional.of(read(version, file));
    } catch (FileNotFoundException cleanedUp) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private VersionEntry read(long version, FileStatus file) throws IOException {
    Actions actions = new Actions(Instant.ofEpochMilli(file.getModificationTime()));
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(Utils.singletonCloseableIterator(file), ACTIONS, Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getSize(); row++) {
          actions.take(batch, row);
        }
      }
    }
    return actions.entry(version);
  }

  private final class Actions {

    private Instant committed;
    private String operation = "";
    private OptionalLong checkpoint = OptionalLong.empty();
    private Optional<String> application = Optional.empty();
    private Files added = Files.NONE;
    private Files removed = Files.NONE;
    private boolean changesRows;
    private boolean changesTable;

    Actions(Instant appeared) {
      this.committed = appeared;
    }

    void take(ColumnarBatch batch, int row) {
      ColumnVector info = batch.getColumnVector(INFO);
      if (!info.isNullAt(row)) {
        Row values = StructRow.fromStructVector(info, row);
        committed = values.isNullAt(0) ? committed : Instant.ofEpochMilli(values.getLong(0));
        operation = values.isNullAt(1) ? "" : values.getString(1);
      }
      SetTransaction txn = SetTransaction.fromColumnVector(batch.getColumnVector(TXN), row);
      if (txn != null) {
        application = Optional.of(txn.getAppId());
        // Checkpoint 0 is that of a rollback.
        if (txn.getAppId().startsWith(sinkPrefix) && txn.getVersion() > 0) {
          checkpoint = OptionalLong.of(txn.getVersion());
        }
      }
      added = withFile(added, batch.getColumnVector(ADD), row);
      removed = withFile(removed, batch.getColumnVector(REMOVE), row);
      changesTable |=
          !batch.getColumnVector(METADATA).isNullAt(row)
              || !batch.getColumnVector(PROTOCOL).isNullAt(row);
    }

    private Files withFile(Files files, ColumnVector actions, int row) {
      if (actions.isNullAt(row)) {
        return files;
      }
      Row file = StructRow.fromStructVector(actions, row);
      changesRows |= file.isNullAt(1) || file.getBoolean(1);
      return files.with(
          file.isNullAt(0) ? 0 : file.getLong(0),
          file.isNullAt(2) ? OptionalLong.empty() : rows(file.getString(2)));
    }

    VersionEntry entry(long version) {
      return new VersionEntry(
          version,
          committed,
          operation,
          checkpoint,
          application,
          added,
          removed,
          changesRows,
          changesTable);
    }
  }

  private static OptionalLong rows(String statistics) {
    try {
      JsonNode rows = JSON.readTree(statistics).path("numRecords");
      return rows.isIntegralNumber() ? OptionalLong.of(rows.longValue()) : OptionalLong.empty();
    } catch (JsonProcessingException notJson) {
      return OptionalLong.empty();
    }
  }
}
