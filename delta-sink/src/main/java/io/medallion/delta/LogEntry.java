package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.ColumnVector;
import io.delta.kernel.data.ColumnarBatch;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.actions.SetTransaction;
import io.delta.kernel.internal.util.FileNames;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.types.StringType;
import io.delta.kernel.types.StructType;
import io.delta.kernel.utils.CloseableIterator;
import io.delta.kernel.utils.FileStatus;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.util.ExceptionUtils;

/**
 * What one version of the table says of itself.
 *
 * @param commit the commit of the sink that it is; empty if it is another writer's, or a sink's
 *     that only took the table over
 * @param operation "Commit Provenance Information" in the Delta protocol, "unknown" if it does not
 *     say
 * @param mode how it was written if that is a parameter of the operation, else empty
 * @param predicate of the rows that were replaced; empty if all were, or none
 * @param restored the version that the table was restored to, if that is a parameter; else empty
 * @param transactionId tells it from what others tried to write as this version; empty if it does
 *     not say
 */
record LogEntry(
    Optional<CommitId> commit,
    String operation,
    String mode,
    String predicate,
    String restored,
    String transactionId) {

  /** As it is written if there is none. */
  private static final Set<String> NO_PREDICATE = Set.of("", "[]");

  private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

  private static final StructType COMMIT_INFO =
      new StructType()
          .add("operation", StringType.STRING)
          .add(
              "operationParameters",
              new StructType()
                  .add("mode", StringType.STRING)
                  .add("predicate", StringType.STRING)
                  .add("version", StringType.STRING))
          .add("txnId", StringType.STRING);
  private static final StructType ACTIONS =
      new StructType().add("txn", SetTransaction.FULL_SCHEMA).add("commitInfo", COMMIT_INFO);

  /**
   * Reads the log's entry of a version.
   *
   * @param applicationPrefix what the applications of the sink start with
   * @return empty if the log was cleaned up to there
   */
  static Optional<LogEntry> read(
      Engine engine, Snapshot snapshot, long version, String applicationPrefix) {
    String path = FileNames.deltaFile(snapshot.getLogPath(), version);
    Optional<CommitId> commit = Optional.empty();
    String operation = "unknown";
    String mode = "";
    String predicate = "";
    String restored = "";
    String transactionId = "";
    try (CloseableIterator<ColumnarBatch> batches =
        engine
            .getJsonHandler()
            .readJsonFiles(
                Utils.singletonCloseableIterator(FileStatus.of(path, 0, 0)),
                ACTIONS,
                Optional.empty())) {
      while (batches.hasNext()) {
        ColumnarBatch batch = batches.next();
        ColumnVector info = batch.getColumnVector(1);
        for (int row = 0; row < batch.getSize(); row++) {
          SetTransaction txn = SetTransaction.fromColumnVector(batch.getColumnVector(0), row);
          if (txn != null && txn.getAppId().startsWith(applicationPrefix)) {
            commit =
                Optional.of(
                    new CommitId(
                        txn.getAppId().substring(applicationPrefix.length()), txn.getVersion()));
          }
          if (!info.isNullAt(row)) {
            operation = text(info.getChild(0), row, operation);
            transactionId = text(info.getChild(2), row, transactionId);
            ColumnVector parameters = info.getChild(1);
            if (!parameters.isNullAt(row)) {
              mode = text(parameters.getChild(0), row, mode);
              predicate = text(parameters.getChild(1), row, predicate);
              restored = text(parameters.getChild(2), row, restored);
            }
          }
        }
      }
      return Optional.of(new LogEntry(commit, operation, mode, predicate, restored, transactionId));
    } catch (IOException e) {
      throw new UncheckedIOException("Could not read " + path, e);
    } catch (RuntimeException e) {
      if (ExceptionUtils.findThrowable(e, FileNotFoundException.class).isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static String text(ColumnVector strings, int row, String ifNone) {
    return strings.isNullAt(row) ? ifNone : strings.getString(row);
  }

  String description() {
    return mode.isEmpty() ? operation : operation + ", mode " + mode;
  }

  /**
   * Whether it took rows out of the table because they came after others, or with all others; not
   * for what they say.
   */
  boolean putsTableBack() {
    return operation.equals("RESTORE")
        || (mode.equalsIgnoreCase("Overwrite") && NO_PREDICATE.contains(predicate));
  }

  /** The version that the table was restored to; empty if it is not one that is said. */
  OptionalLong restoredVersion() {
    return operation.equals("RESTORE") && VERSION.matcher(restored).matches()
        ? OptionalLong.of(Long.parseLong(restored))
        : OptionalLong.empty();
  }
}
