package io.medallion.delta;

import io.delta.kernel.Snapshot;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One commit of an operation that Kernel's transaction does not have ({@link TableLog#rearrange},
 * {@link TableLog#delete}), beside the job that writes the table.
 *
 * <p>The commit is put-if-absent. After a lost race or an error the log is read anew: the version
 * that was tried is found to be this commit by its transaction's id, or the operation is prepared
 * anew for the table as it is then. So it is in the log once at most.
 */
final class FileCommit {

  private static final Logger LOG = LoggerFactory.getLogger(FileCommit.class);

  private final TableSpec table;
  private final TableLog log;
  private final String transactionId = UUID.randomUUID().toString();

  /** The version that was last tried, of which it is not known whether it is ours; 0: none. */
  private long attempted;

  FileCommit(TableSpec table, TableLog log) {
    this.table = table;
    this.log = log;
  }

  /** Looks at the table before each attempt. */
  interface Operation {

    /**
     * Throws {@link TableConflictException} if there must be no commit after the version.
     *
     * @return puts the version after that one, given the transaction's id; empty if there is
     *     nothing to commit
     */
    Optional<Consumer<String>> after(Snapshot base);
  }

  /**
   * Commits, and does what Delta wants done afterwards.
   *
   * @param what completes "Could not …"
   * @return the version; empty if there was nothing to commit
   */
  OptionalLong run(String what, Retries retries, Operation operation) throws InterruptedException {
    OptionalLong version = retries.run(what, () -> attempt(operation));
    version.ifPresent(log::finish);
    return version;
  }

  private OptionalLong attempt(Operation operation) {
    Snapshot base = log.loadForCommits();
    if (attempted > 0 && log.isOf(transactionId, base, attempted)) {
      return OptionalLong.of(attempted);
    }
    Optional<Consumer<String>> put = operation.after(base);
    if (put.isEmpty()) {
      return OptionalLong.empty();
    }
    attempted = base.getVersion() + 1;
    put.get().accept(transactionId);
    return OptionalLong.of(attempted);
  }

  /** Whether the table has this commit, or may get it still; asked after it failed. */
  boolean isUncertain() {
    if (attempted == 0) {
      return false;
    }
    try {
      Snapshot now = log.load();
      // A version that is there and is not ours will never be ours.
      return now.getVersion() < attempted
          || log.entry(now, attempted).isEmpty()
          || log.isOf(transactionId, now, attempted);
    } catch (RuntimeException unreadable) {
      LOG.warn("Could not look for version {} of {}", attempted, table, unreadable);
      return true;
    }
  }
}
