package io.medallion.delta;

import static org.apache.flink.util.Preconditions.checkArgument;

import io.delta.kernel.Snapshot;
import io.delta.kernel.TransactionCommitResult;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds rows to a table in one commit, from outside of a Flink job: for repairs, beside the job that
 * writes the table or while it is stopped.
 *
 * <p>Made for callers that look into the table to decide what it lacks. What they add is based on
 * {@link #version}: it is committed only if nobody else added anything under the same application's
 * name since then. Commits of jobs and others don't matter, and a job's sink takes no notice.
 *
 * <p>Neither creates the table nor takes it over from the job.
 *
 * @param <T> the type of the elements that are encoded into rows
 */
public final class DeltaAppend<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaAppend.class);

  /** What stands for the epoch in this application's {@code txn} actions; their version counts. */
  private static final String COUNT = "appends";

  private final TableSpec table;
  private final TableOptions options;
  private final String application;
  private final TableLog log;
  private final Snapshot opened;
  private final long appendsBefore;
  private final DeltaSinkWriter<T> writer;

  private DeltaAppend(DeltaSink<T> sink, String application) throws InterruptedException {
    this.table = sink.table();
    this.options = sink.options();
    this.application = application;
    this.log = new TableLog(table, application);
    this.opened = options.retries().run("read " + table, log::loadForCommits);
    new SchemaCheck(table, log.schema(), options.meaning()).require(opened);
    this.appendsBefore = appends(opened);
    this.writer =
        sink.newWriter(
            UUID.randomUUID().toString(),
            0,
            0,
            0,
            UnregisteredMetricsGroup.createSinkWriterMetricGroup());
  }

  /**
   * Reads the newest version of a table.
   *
   * @param sink describes the table and how its files are written
   * @param application names the caller in the table's history, constant; not the name of a sink
   * @throws TableConflictException if there is no such table, or it lacks columns of the sink
   */
  public static <T> DeltaAppend<T> to(DeltaSink<T> sink, String application)
      throws InterruptedException {
    checkArgument(
        !application.equals(sink.options().sinkName()),
        "'%s' is the name of the job's sink: its commits would be taken for those of a job",
        application);
    return new DeltaAppend<>(sink, application);
  }

  /** The version of the table on which a commit will be based. */
  public long version() {
    return opened.getVersion();
  }

  /** Adds a row, so far to a file that the table does not refer to. */
  public void write(T element) throws IOException {
    writer.write(element, null);
  }

  /**
   * Makes all rows written so far a version of the table.
   *
   * @return that version; empty if there was no row
   * @throws TableConflictException if the same application committed since {@link #version}, or
   *     this commit did succeed although storage reported an error. Nothing is lost or doubled if
   *     the caller begins anew and looks what the table lacks then
   * @throws java.io.UncheckedIOException if storage failed again and again
   */
  public OptionalLong commit() throws IOException, InterruptedException {
    List<DataFile> files = List.copyOf(writer.prepareCommit());
    if (files.isEmpty()) {
      return OptionalLong.empty();
    }
    DeltaCommittable committable =
        new DeltaCommittable(
            Lineage.startingAt(opened.getMetadata().getId(), COUNT),
            appendsBefore + 1,
            Optional.empty(),
            false,
            files);
    long version = options.retries().run("append rows to " + table, () -> tryToCommit(committable));
    LOG.info("'{}' added {} to {} as version {}", application, committable, table, version);
    return OptionalLong.of(version);
  }

  private long tryToCommit(DeltaCommittable committable) {
    Snapshot base = log.loadForCommits();
    boolean sameTable = base.getMetadata().getId().equals(committable.lineage().tableId());
    if (!sameTable || appends(base) != appendsBefore) {
      throw new TableConflictException(
          String.format(
              "%s has got another commit of '%s' since version %d, or was replaced. Nothing is lost"
                  + " or doubled: run it again, and it will add what is still missing.",
              table, application, version()));
    }
    new SchemaCheck(table, log.schema(), options.meaning()).require(base);
    TransactionCommitResult result = log.append(base, committable);
    log.finish(result);
    return result.getVersion();
  }

  private long appends(Snapshot snapshot) {
    return log.lastCheckpoint(snapshot, COUNT).orElse(0);
  }

  /** Rows that were not committed are gone; their files are orphans. Never throws. */
  @Override
  public void close() {
    writer.close();
  }
}
