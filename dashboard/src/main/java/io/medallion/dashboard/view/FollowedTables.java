package io.medallion.dashboard.view;

import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The tables of a lake under one contract, and what is kept of each. */
final class FollowedTables {

  private static final int ROWS_AT_ONCE = 4_096;

  /** Of the heap, for gold's windows. */
  private static final int SHARE_OF_HEAP = 8;

  private static final Set<String> TELLING = Set.of("silver", "quarantine", "late");

  private final LakeTables tables;
  private final int generation;
  private final AtomicLong goldRevision = new AtomicLong();
  private final List<GoldView> gold;
  private final QuarantineView quarantine = new QuarantineView();
  private final LateView late;
  private final List<TableWatch> watches = new ArrayList<>();
  private final List<Future<?>> looks = new ArrayList<>();

  FollowedTables(Lake lake, LakeTables tables, int generation) {
    this.tables = tables;
    this.generation = generation;
    MemoryBudget memory = new MemoryBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
    gold =
        tables.contract().gold().stream()
            .map(table -> new GoldColumns(tables.contract(), table))
            .map(columns -> new GoldView(columns, memory, goldRevision))
            .toList();
    late = new LateView(tables.contract().keyColumn());
    for (TableDefinition table : tables.all()) {
      boolean isQuarantine = table.equals(tables.quarantine());
      watches.add(
          new TableWatch(
              table.path(),
              lake.follow(table, isQuarantine ? QuarantineView.ROWS_AT_ONCE : ROWS_AT_ONCE),
              rows(table),
              Clock.systemUTC()));
    }
  }

  private TableRows rows(TableDefinition table) {
    if (table.equals(tables.quarantine())) {
      return quarantine;
    }
    if (table.equals(tables.late())) {
      return late;
    }
    int goldTable = tables.gold().indexOf(table);
    return goldTable < 0 ? TableRows.NONE : new GoldRows(gold.get(goldTable));
  }

  void start(ScheduledExecutorService threads, Duration interval) {
    for (TableWatch table : watches) {
      // A look never throws, so nothing is to be had of it.
      looks.add(
          threads.scheduleWithFixedDelay(
              table::look, 0, interval.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  /** Whether it had been started. */
  boolean stop() {
    looks.forEach(look -> look.cancel(true));
    return !looks.isEmpty();
  }

  /** Whether a table is there whose properties name the lake's contract. */
  boolean tellsContract() {
    return watches.stream()
        .map(TableWatch::state)
        .anyMatch(table -> table.present() && TELLING.contains(table.name()));
  }

  LakeTables tables() {
    return tables;
  }

  int generation() {
    return generation;
  }

  List<GoldView> gold() {
    return gold;
  }

  QuarantineView quarantine() {
    return quarantine;
  }

  LateView late() {
    return late;
  }

  LakeView.State state() {
    return new LakeView.State(
        generation,
        watches.stream().map(TableWatch::state).toList(),
        watches.stream().allMatch(TableWatch::hasLooked),
        watches.stream().mapToLong(TableWatch::left).sum(),
        watches.stream().mapToLong(TableWatch::total).sum(),
        gold,
        goldRevision.get(),
        quarantine.revision(),
        late.revision());
  }
}
