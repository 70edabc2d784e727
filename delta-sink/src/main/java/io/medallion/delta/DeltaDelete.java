package io.medallion.delta;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.TableConfig;
import io.delta.kernel.internal.actions.AddFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes whole files out of a table, and their rows with them, in one commit ({@code DELETE}, all
 * actions with {@code dataChange=true}). The files themselves stay in storage. The job that writes
 * the table may be running: it goes on with the next version, as after anybody's {@code DELETE}.
 *
 * <p>The commit ({@link FileCommit}) is put-if-absent. When it loses a race, what is to go is
 * chosen anew from the table as it is then: what others did meanwhile holds.
 */
public final class DeltaDelete {

  private static final Logger LOG = LoggerFactory.getLogger(DeltaDelete.class);

  private final TableSpec table;
  private final TableLog log;
  private final Choice choice;

  /** What was last chosen. */
  private Removal removal;

  /**
   * What is to go of a version of a table.
   *
   * @param files as Kernel's scan of the version describes them, with statistics; none if nothing
   *     is to go
   * @param predicate what holds of the rows in them and of no others, in SQL
   * @param properties that the table gets in the same commit
   */
  public record Removal(List<Row> files, String predicate, Map<String, String> properties) {

    public Removal {
      files = List.copyOf(files);
      properties = Map.copyOf(properties);
    }
  }

  /** Chooses what is to go; asked again after a lost race. */
  public interface Choice {
    Removal of(Snapshot table);
  }

  private DeltaDelete(TableSpec table, Choice choice) {
    this.table = table;
    this.log = new TableLog(table, "");
    this.choice = choice;
  }

  /**
   * Commits once, if there is anything to remove.
   *
   * @param opened a version of the table
   * @param tablePath the table's root
   * @param hadoopConf Hadoop settings on top of those on the class path
   * @return the version, and what was removed in it; empty if nothing was to go
   * @throws TableConflictException as {@link #require}; nothing has happened then
   * @throws java.io.UncheckedIOException if storage failed again and again; the next run finds out
   *     whether the commit took effect
   */
  public static Optional<Result> run(
      Snapshot opened, String tablePath, Map<String, String> hadoopConf, Choice choice)
      throws InterruptedException {
    PlainTable.require(opened);
    TableSpec table = TableSpec.of(opened, tablePath, hadoopConf);
    return new DeltaDelete(table, choice).run();
  }

  /** What was done. */
  public record Result(long version, Removal removal) {}

  private Optional<Result> run() throws InterruptedException {
    OptionalLong version =
        new FileCommit(table, log).run("remove files of " + table, Retries.DEFAULT, this::put);
    if (version.isEmpty()) {
      return Optional.empty();
    }
    LOG.info(
        "Removed {} files of {}, version {}", removal.files().size(), table, version.getAsLong());
    return Optional.of(new Result(version.getAsLong(), removal));
  }

  private Optional<Consumer<String>> put(Snapshot base) {
    require(base);
    removal = choice.of(base);
    if (removal.files().isEmpty()) {
      return Optional.empty();
    }
    List<AddFile> files = removal.files().stream().map(TableLog::addFile).toList();
    return Optional.of(
        transactionId ->
            log.delete(base, files, removal.predicate(), removal.properties(), transactionId));
  }

  /**
   * Throws {@link TableConflictException} if no file of the table may be removed: it has features
   * or properties that are not known here, or takes nothing but appends.
   */
  public static void require(Snapshot table) {
    PlainTable.require(table);
    if (TableConfig.APPEND_ONLY_ENABLED.fromMetadata(table.getMetadata())) {
      throw new TableConflictException(
          "Delta table %s (version %d) is left alone: it has %s, so no row may be removed. Take the property off first, if that is meant."
              .formatted(
                  table.getPath(), table.getVersion(), TableConfig.APPEND_ONLY_ENABLED.getKey()));
    }
  }
}
