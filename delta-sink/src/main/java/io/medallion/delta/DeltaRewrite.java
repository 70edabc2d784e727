package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.SnapshotImpl;
import io.delta.kernel.internal.actions.AddFile;
import io.delta.kernel.internal.util.VectorUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts rows of a table into other files, in one commit that changes no row ({@code OPTIMIZE}, all
 * actions with {@code dataChange=false}). The job that writes the table may be running: neither
 * takes notice of the other.
 *
 * <p>The commit ({@link FileCommit}) is put-if-absent. When it loses a race, it is tried again only
 * if all files that it replaces are still in the table, and the table is still what it was: its id,
 * columns, protocol and Delta's properties. So it never brings back a row that somebody removed.
 * Otherwise its files are deleted, and nothing has happened.
 *
 * <p>Not thread-safe; for one commit.
 *
 * @param <T> the type of the elements that are encoded into rows
 */
public final class DeltaRewrite<T> implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaRewrite.class);

  /** Stands in the names of the files where a sink's have the epoch. */
  static final String WRITER = "optimize";

  private final Consumer<Snapshot> condition;
  private final TableSpec table;
  private final Retries retries;
  private final TableLog log;
  private final Snapshot opened;
  private final DeltaSinkWriter<T> writer;
  private final FileCommit commit;
  private final Map<String, AddFile> replaced = new LinkedHashMap<>();
  private long written;

  private boolean committed;

  private DeltaRewrite(DeltaSink<T> sink, Snapshot opened, Consumer<Snapshot> condition) {
    this.condition = condition;
    this.table = sink.table();
    this.retries = sink.options().retries();
    this.log = new TableLog(table, sink.options().sinkName());
    this.commit = new FileCommit(table, log);
    this.opened = opened;
    this.writer =
        sink.newWriter(WRITER, 0, 0, 0, UnregisteredMetricsGroup.createSinkWriterMetricGroup());
  }

  /**
   * Begins a rewrite.
   *
   * @param sink describes all columns of the table, and how its files are written
   * @param table a version of it
   * @param condition throws {@link TableConflictException} if there must be no commit after the
   *     version that it is given
   * @throws TableConflictException if the table has features that are not known here
   */
  public static <T> DeltaRewrite<T> of(
      DeltaSink<T> sink, Snapshot table, Consumer<Snapshot> condition) {
    PlainTable.require(table);
    return new DeltaRewrite<>(sink, table, condition);
  }

  /**
   * A file that goes; all its rows are to be {@linkplain #write written}.
   *
   * @param scanFile as Kernel's scan of the version describes it, with statistics
   */
  public void replace(Row scanFile) {
    AddFile file = TableLog.addFile(scanFile);
    if (file.getDeletionVector().isPresent()) {
      throw new TableConflictException(
          table + " is left alone: file " + file.getPath() + " has a deletion vector.");
    }
    replaced.put(TableLog.key(file), file);
  }

  /** Adds a row, so far to a file that the table does not refer to. */
  public void write(T element) throws IOException {
    writer.write(element, null);
    written++;
  }

  /**
   * Makes the files written so far stand for those that they replace.
   *
   * @throws TableConflictException if the table was changed meanwhile in a way that does not allow
   *     it. Nothing has happened then
   * @throws IllegalStateException if other rows were written than the replaced files have
   * @throws UncheckedIOException if storage failed again and again; the next run finds out whether
   *     the commit took effect
   */
  public Result commit() throws IOException, InterruptedException {
    writer.finishAll();
    List<DataFile> files = writer.finished();
    requireSameRows(files);
    long version =
        commit
            .run("rewrite files of " + table, retries, base -> Optional.of(put(base, files)))
            .orElseThrow();
    committed = true;
    LOG.info("Put {} files of {} into {}, version {}", replaced.size(), table, files, version);
    return new Result(
        version, files.size(), files.stream().mapToLong(DataFile::size).sum(), written);
  }

  /**
   * What a rewrite has done.
   *
   * @param version that it made
   * @param files that it has written
   * @param bytes of those files
   * @param rows in those files
   */
  public record Result(long version, int files, long bytes, long rows) {}

  private void requireSameRows(List<DataFile> files) {
    long rows = files.stream().mapToLong(DataFile::rows).sum();
    long expected =
        replaced.values().stream().mapToLong(file -> file.getNumRecords().orElse(0L)).sum();
    boolean known = replaced.values().stream().allMatch(file -> file.getNumRecords().isPresent());
    if (rows != written || (known && rows != expected)) {
      throw new IllegalStateException(
          "%s is left alone: its files hold %d rows, the log says %d, and %d were written"
              .formatted(table, written, expected, rows));
    }
    Set<Map<String, String>> partitions =
        replaced.values().stream()
            .map(file -> VectorUtils.<String, String>toJavaMap(file.getPartitionValues()))
            .collect(Collectors.toSet());
    for (DataFile file : files) {
      if (!partitions.contains(file.partitionValues())) {
        throw new IllegalStateException(
            "%s is left alone: rows were written for partition %s, and read from %s only"
                .formatted(table, file.partitionValues(), partitions));
      }
    }
  }

  private Consumer<String> put(Snapshot base, List<DataFile> files) {
    condition.accept(base);
    requireUnchanged(base);
    return transactionId -> log.rearrange(base, replaced.values(), files, transactionId);
  }

  private void requireUnchanged(Snapshot base) {
    PlainTable.require(base);
    boolean same =
        base.getMetadata().getId().equals(opened.getMetadata().getId())
            && base.getSchema().equals(opened.getSchema())
            && base.getPartitionColumnNames().equals(opened.getPartitionColumnNames())
            && ((SnapshotImpl) base).getProtocol().equals(((SnapshotImpl) opened).getProtocol())
            && PlainTable.deltaProperties(base).equals(PlainTable.deltaProperties(opened));
    if (!same) {
      throw conflict(base, "its columns, protocol or properties were changed");
    }
    Set<String> gone = new LinkedHashSet<>(replaced.keySet());
    log.forEachFile(base, file -> gone.remove(TableLog.key(TableLog.addFile(file))));
    if (!gone.isEmpty()) {
      AddFile first = replaced.get(gone.iterator().next());
      throw conflict(base, "its file " + first.getPath() + " was removed");
    }
  }

  private TableConflictException conflict(Snapshot base, String reason) {
    return new TableConflictException(
        "%s stays as it is (version %d): %s since version %d. The files written for it are"
                .formatted(table, base.getVersion(), reason, opened.getVersion())
            + " discarded. Run it again.");
  }

  /**
   * Without a commit, deletes what was written; never throws. After a commit whose outcome is not
   * known the files stay: they are orphans at worst.
   */
  @Override
  public void close() {
    List<DataFile> files = writer.finished();
    writer.close();
    if (!committed && !commit.isUncertain()) {
      files.forEach(this::delete);
    }
  }

  private void delete(DataFile file) {
    Path path = new Path(table.path() + "/" + file.path());
    try {
      FileSystem storage = path.getFileSystem(table.hadoopConfiguration());
      storage.delete(path, false);
    } catch (IOException | RuntimeException failure) {
      LOG.warn("Could not delete {}, which nothing refers to", path, failure);
    }
  }
}
