package io.medallion.maintenance.lake;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TableManager;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.exceptions.TableNotFoundException;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.BooleanType;
import io.delta.kernel.types.IntegerType;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The end of one table's Delta log, from the newest version back as far as it is asked for: which
 * version has the data of which checkpoint of the job.
 *
 * <p>Relies on what the sink leaves in its commits: a {@code txn} action of application {@code
 * <sink>/<epoch>} with the checkpoint's id as version. Commits without one (of a run that came to
 * own the table, or of table maintenance) belong to the checkpoint before them.
 */
final class CommitHistory {

  private static final int TXN = 0;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int METADATA = 3;
  private static final int PROTOCOL = 4;
  private static final int INFO = 5;

  private static final StructType FILE = new StructType().add("dataChange", BooleanType.BOOLEAN);
  private static final StructType ACTIONS =
      new StructType()
          .add("txn", SetTransaction.FULL_SCHEMA)
          .add("add", FILE)
          .add("remove", FILE)
          .add("metaData", new StructType().add("id", StringType.STRING))
          .add("protocol", new StructType().add("minReaderVersion", IntegerType.INTEGER))
          .add(
              "commitInfo",
              new StructType()
                  .add("operation", StringType.STRING)
                  .add("engineInfo", StringType.STRING));

  private final Engine engine;
  private final TableDefinition table;
  private final Snapshot newest;
  private final List<Commit> newestFirst = new ArrayList<>();

  /**
   * One version.
   *
   * @param isUpkeep whether it does nothing but put rows into other files, or remove old ones
   */
  private record Commit(long version, Optional<Checkpoint> checkpoint, boolean isUpkeep) {}

  private CommitHistory(Engine engine, TableDefinition table, Snapshot newest) {
    this.engine = engine;
    this.table = table;
    this.newest = newest;
  }

  /** Reads the newest version; empty if there is no such table. */
  static Optional<CommitHistory> load(Engine engine, String path, TableDefinition table) {
    try {
      Snapshot newest = TableManager.loadSnapshot(path).build(engine);
      return Optional.of(new CommitHistory(engine, table, newest));
    } catch (TableNotFoundException absent) {
      return Optional.empty();
    }
  }

  /** The last checkpoint that the table has data of; empty if there is none, or the log is gone. */
  Optional<Checkpoint> last() {
    return last(any -> true);
  }

  /** The last checkpoint before the given one that the table has data of. */
  Optional<Checkpoint> lastBefore(Checkpoint limit) {
    return last(checkpoint -> checkpoint.id() < limit.id());
  }

  /** The last checkpoint that a condition holds for; empty as in {@link #last()}. */
  Optional<Checkpoint> last(Predicate<Checkpoint> wanted) {
    for (int back = 0; commit(back).isPresent(); back++) {
      Optional<Checkpoint> checkpoint = commit(back).get().checkpoint().filter(wanted);
      if (checkpoint.isPresent()) {
        return checkpoint;
      }
    }
    return Optional.empty();
  }

  /** Whether the log goes back far enough to tell which version a checkpoint is. */
  boolean tells(Checkpoint checkpoint) {
    return last(each -> !each.isAfter(checkpoint)).isPresent()
        || newestFirst.size() > newest.getVersion();
  }

  /** The newest version that has nothing of a later checkpoint. */
  long versionAt(Checkpoint limit) {
    long version = newest.getVersion();
    for (int back = 0; commit(back).isPresent(); back++) {
      Commit commit = commit(back).get();
      if (commit.checkpoint().isEmpty()) {
        continue;
      }
      if (!commit.checkpoint().get().isAfter(limit)) {
        break;
      }
      version = commit.version() - 1;
    }
    return version;
  }

  long newestVersion() {
    return newest.getVersion();
  }

  /**
   * Whether somebody changed the table after the last commit of a checkpoint; compaction changes
   * nothing, and what was removed because it was old is known.
   */
  boolean isChangedSinceLast() {
    for (int back = 0; commit(back).isPresent(); back++) {
      Commit commit = commit(back).get();
      if (commit.checkpoint().isPresent()) {
        return false;
      }
      if (!commit.isUpkeep()) {
        return true;
      }
    }
    return true;
  }

  /** The commit that many versions before the newest; empty where the log was cleaned up. */
  private Optional<Commit> commit(int back) {
    while (newestFirst.size() <= back) {
      long version = newest.getVersion() - newestFirst.size();
      Optional<FileStatus> file = version < 0 ? Optional.empty() : file(version);
      if (file.isEmpty()) {
        return Optional.empty();
      }
      newestFirst.add(read(version, file.get()));
    }
    return Optional.of(newestFirst.get(back));
  }

  private Optional<FileStatus> file(long version) {
    try {
      return Optional.of(
          engine
              .getFileSystemClient()
              .getFileStatus(FileNames.deltaFile(newest.getLogPath(), version)));
    } catch (FileNotFoundException cleanedUp) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the log of " + newest.getPath(), e);
    }
  }

  private Commit read(long version, FileStatus file) {
    Optional<Checkpoint> checkpoint = Optional.empty();
    boolean movesRows = false;
    boolean changes = false;
    boolean expires = false;
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(Utils.singletonCloseableIterator(file), ACTIONS, Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        for (int row = 0; row < batch.getSize(); row++) {
          SetTransaction txn = SetTransaction.fromColumnVector(batch.getColumnVector(TXN), row);
          if (txn != null && txn.getAppId().startsWith(table.sink() + "/")) {
            long time = txn.getLastUpdated().orElseGet(file::getModificationTime);
            checkpoint = Optional.of(new Checkpoint(txn.getVersion(), time));
          }
          movesRows |= is(false, batch.getColumnVector(ADD), row);
          changes |=
              is(true, batch.getColumnVector(ADD), row)
                  || is(true, batch.getColumnVector(REMOVE), row)
                  || !batch.getColumnVector(METADATA).isNullAt(row)
                  || !batch.getColumnVector(PROTOCOL).isNullAt(row);
          expires |= isExpiry(batch.getColumnVector(INFO), row);
        }
      }
      return new Commit(version, checkpoint, expires || (movesRows && !changes));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file.getPath(), e);
    }
  }

  /** Whether it tells of a commit of {@code DeltaDelete}: the job itself makes no such. */
  private static boolean isExpiry(ColumnVector infos, int row) {
    return !infos.isNullAt(row)
        && is("DELETE", infos.getChild(0), row)
        && is("medallion-delta-sink", infos.getChild(1), row);
  }

  private static boolean is(String text, ColumnVector texts, int row) {
    return !texts.isNullAt(row) && text.equals(texts.getString(row));
  }

  /** Whether there is an action on a file whose {@code dataChange} is this; true is the default. */
  private static boolean is(boolean dataChange, ColumnVector files, int row) {
    if (files.isNullAt(row)) {
      return false;
    }
    ColumnVector flags = files.getChild(0);
    return dataChange == (flags.isNullAt(row) || flags.getBoolean(row));
  }
}
