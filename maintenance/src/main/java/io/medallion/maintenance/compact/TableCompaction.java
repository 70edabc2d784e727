package io.medallion.maintenance.compact;

import io.delta.kernel.Snapshot;
import io.delta.kernel.engine.Engine;
import io.medallion.delta.DeltaRewrite;
import io.medallion.delta.DeltaSchemas;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.PlainTable;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.compact.CompactionPlan.Group;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableLocation;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.table.types.logical.RowType;

/**
 * Compacts one table: its small files become large ones, in one commit, or in several of at most
 * {@value #BYTES_A_COMMIT} bytes, so that not all work is lost if one comes to nothing.
 *
 * <p>The rows are the same before and after, and those of a partition stay together. They are
 * written file by file in the order of the files' times, and are not sorted. One row group is in
 * memory, and one batch of rows. {@link DeltaRewrite} says what happens if somebody else commits
 * meanwhile.
 */
public final class TableCompaction {

  private static final long BYTES_A_COMMIT = 16L * 1024 * 1024 * 1024;

  /**
   * A row group is a quarter of a file or less (the sink makes it half of this buffer): what a file
   * may fall short of its size by, since it ends when its row group is estimated to fill it.
   */
  private static final int FILES_PER_BUFFER = 2;

  private static final long LARGEST_BUFFER = 64L * 1024 * 1024;

  private final TableLocation location;
  private final CompactionRules rules;
  private final Clock clock;
  private final Ticker ticker;

  /** Of a table that may not exist yet. */
  public TableCompaction(
      TableLocation location, CompactionRules rules, Clock clock, Ticker ticker) {
    this.location = location;
    this.rules = rules;
    this.clock = clock;
    this.ticker = ticker;
  }

  /** What is to be done; empty if there is no such table. */
  Optional<CompactionPlan> plan() {
    Engine engine = location.engine();
    return location.newest(engine).map(table -> plan(engine, table));
  }

  private CompactionPlan plan(Engine engine, Snapshot table) {
    PlainTable.require(table);
    return CompactionPlan.of(engine, table, rules, clock.instant());
  }

  /**
   * Compacts the table; empty if there is no such table.
   *
   * @throws io.medallion.delta.TableConflictException if the table has features that are not known
   *     here, or was changed meanwhile; what was committed before stays
   */
  public Optional<CompactionResult> run() throws IOException, InterruptedException {
    Engine engine = location.engine();
    Optional<Snapshot> table = location.newest(engine);
    if (table.isEmpty()) {
      return Optional.empty();
    }
    CompactionPlan plan = plan(engine, table.get());
    ticker.expect(plan.rows());
    CompactionResult result = CompactionResult.nothing(plan);
    for (List<Group> groups : commits(plan.groups())) {
      result = result.with(groups, rewrite(table.get(), groups));
    }
    return Optional.of(result);
  }

  private static List<List<Group>> commits(List<Group> groups) {
    List<List<Group>> commits = new ArrayList<>();
    long bytes = Long.MAX_VALUE;
    for (Group group : groups) {
      if (bytes > BYTES_A_COMMIT - group.bytes()) {
        commits.add(new ArrayList<>());
        bytes = 0;
      }
      commits.get(commits.size() - 1).add(group);
      bytes += group.bytes();
    }
    return commits;
  }

  private DeltaRewrite.Result rewrite(Snapshot table, List<Group> groups)
      throws IOException, InterruptedException {
    try (DeltaRewrite<BatchRow> rewrite = DeltaRewrite.of(sink(table), table)) {
      BatchReader reader = new BatchReader(location, table, largestRow(groups));
      for (Group group : groups) {
        for (DataFile file : group.files()) {
          rewrite.replace(file.scanRow());
          reader.read(
              file,
              row -> {
                rewrite.write(row);
                ticker.tick();
              });
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
      return rewrite.commit();
    }
  }

  private static long largestRow(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.files().stream())
        .mapToLong(file -> file.bytes() / Math.max(1, file.rows()))
        .max()
        .orElse(1);
  }

  private DeltaSink<BatchRow> sink(Snapshot table) {
    RowType columns = DeltaSchemas.toFlink(table.getSchema());
    List<String> partitionColumns = table.getPartitionColumnNames();
    long buffer = Math.min(LARGEST_BUFFER, rules.targetSize() / FILES_PER_BUFFER);
    DeltaSinkBuilder<BatchRow> builder =
        DeltaSink.<BatchRow>builder()
            .name("compact")
            .tablePath(location.path())
            .rowType(columns)
            .encoder(new ColumnCopy(columns, partitionColumns))
            .targetFileSize(new MemorySize(rules.targetSize()))
            .writeBuffer(new MemorySize(Math.max(1, buffer)))
            .hadoopConf(location.settings());
    if (!partitionColumns.isEmpty()) {
      builder.partitionedBy(partitionColumns.toArray(String[]::new));
    }
    return builder.build();
  }
}
