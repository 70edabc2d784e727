package io.medallion.maintenance.compact;

import io.delta.kernel.Snapshot;
import io.delta.kernel.data.Row;
import io.delta.kernel.engine.Engine;
import io.medallion.cli.Ticker;
import io.medallion.delta.Compression;
import io.medallion.delta.DeltaRewrite;
import io.medallion.delta.PlainTable;
import io.medallion.delta.compact.FileMerge;
import io.medallion.maintenance.compact.CompactionPlan.Group;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.TableLocation;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compacts one table: its small files become large ones, in one commit, or in several of at most
 * {@value #BYTES_A_COMMIT} bytes, so that not all work is lost if one comes to nothing.
 *
 * <p>The rows are the same before and after, and those of a partition stay together. They are
 * written file by file in the order of the files' times, and are not sorted. {@link FileMerge} says
 * how, and {@link DeltaRewrite} what happens if somebody else commits meanwhile.
 */
public final class TableCompaction {

  private static final long BYTES_A_COMMIT = 16L * 1024 * 1024 * 1024;

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
    List<Row> files =
        groups.stream().flatMap(group -> group.files().stream()).map(DataFile::scanRow).toList();
    return new FileMerge(
            location.path(),
            location.settings(),
            Compression.ZSTD,
            rules.targetSize(),
            LARGEST_BUFFER)
        .run(table, files, anyVersion -> {}, ticker::tick);
  }
}
