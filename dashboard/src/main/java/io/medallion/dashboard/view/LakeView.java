package io.medallion.dashboard.view;

import io.medallion.contract.ContractReader;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableTail;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Follows the tables of a lake and keeps what the page shows of them. The lake is read by this
 * alone, once for all pages; a table that is being read does not hold up the others.
 */
public final class LakeView implements AutoCloseable {

  private static final int THREADS = 3;
  private static final int ROWS_AT_ONCE = 4_096;

  /** Of the heap, for gold's windows. */
  private static final int SHARE_OF_HEAP = 8;

  private final GoldView gold = new GoldView(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  private final QuarantineView quarantine = new QuarantineView();
  private final LateView late = new LateView();
  private final Clock clock = Clock.systemUTC();
  private final List<TableWatch> tables = new ArrayList<>();
  private final ScheduledExecutorService threads;

  /**
   * All tables at one moment.
   *
   * @param looked whether all tables were looked at
   * @param rowsLeft of those that were there before, still to be read
   * @param rowsToRead of how many
   */
  public record State(
      List<TableState> tables,
      boolean looked,
      long rowsLeft,
      long rowsToRead,
      GoldView.Span gold,
      int stations,
      long quarantineRevision,
      long lateRevision) {}

  private LakeView(ScheduledExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Begins to follow a lake, which may not be there yet.
   *
   * @param interval between two looks at a table
   */
  public static LakeView follow(Lake lake, Duration interval) {
    ScheduledThreadPoolExecutor threads = new ScheduledThreadPoolExecutor(THREADS, daemons());
    LakeView view = new LakeView(threads);
    LakeTables all = LakeTables.of(ContractReader.standard());
    for (TableDefinition table : all.all()) {
      boolean isQuarantine = table.equals(all.quarantine());
      TableTail tail =
          lake.follow(table, isQuarantine ? QuarantineView.ROWS_AT_ONCE : ROWS_AT_ONCE);
      view.tables.add(new TableWatch(table.path(), tail, view.rows(all, table), view.clock));
    }
    for (TableWatch table : view.tables) {
      // A look never throws, so nothing is to be had of it.
      var unused =
          threads.scheduleWithFixedDelay(
              table::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    return view;
  }

  private TableRows rows(LakeTables all, TableDefinition table) {
    if (table.equals(all.quarantine())) {
      return quarantine;
    }
    if (table.equals(all.late())) {
      return late;
    }
    int goldTable = all.gold().indexOf(table);
    return goldTable < 0 ? TableRows.NONE : new GoldRows(gold, goldTable == 0);
  }

  private static ThreadFactory daemons() {
    AtomicInteger number = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "dashboard-lake-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  public GoldView gold() {
    return gold;
  }

  public QuarantineView.Summary quarantine() {
    return quarantine.summary();
  }

  public LateView.Summary late() {
    return late.summary();
  }

  public State state() {
    List<TableState> now = tables.stream().map(TableWatch::state).toList();
    boolean looked = tables.stream().allMatch(TableWatch::hasLooked);
    long left = tables.stream().mapToLong(TableWatch::left).sum();
    long total = tables.stream().mapToLong(TableWatch::total).sum();
    return new State(
        now,
        looked,
        left,
        total,
        gold.span(),
        gold.stationCount(),
        quarantine.revision(),
        late.revision());
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
