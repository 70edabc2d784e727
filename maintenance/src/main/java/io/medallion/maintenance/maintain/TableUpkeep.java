package io.medallion.maintenance.maintain;

import io.medallion.cli.Ticker;
import io.medallion.maintenance.compact.TableCompaction;
import io.medallion.maintenance.expire.TableExpiry;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.lake.TableLocation;
import io.medallion.maintenance.vacuum.TableVacuum;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one table, in their order: what is old goes first, so that it is not compacted.
 *
 * <p>Each step stands alone: the table is right after any of them, and if one fails.
 */
final class TableUpkeep {

  private final MaintainOptions options;
  private final Clock clock;
  private final PrintStream progress;
  private final TableDefinition table;
  private final TableLocation location;
  private final Optional<Duration> keep;

  TableUpkeep(
      MaintainOptions options,
      Lake lake,
      TableDefinition table,
      Map<TableDefinition, Duration> keep,
      Clock clock,
      PrintStream progress) {
    this.options = options;
    this.clock = clock;
    this.progress = progress;
    this.table = table;
    this.location = lake.location(table);
    this.keep = Optional.ofNullable(keep.get(table));
  }

  /** What can be done, and by which command. */
  record Step(String command, Action action) {}

  /** Does it. */
  interface Action {

    /** Returns what was changed, for people; nothing if nothing was. */
    Optional<String> run() throws IOException, InterruptedException;
  }

  List<Step> steps(boolean withVacuum) {
    List<Step> steps = new ArrayList<>();
    keep.ifPresent(time -> steps.add(new Step("expire", () -> expire(time))));
    steps.add(new Step("compact", this::compact));
    if (withVacuum) {
      steps.add(new Step("vacuum", this::vacuum));
    }
    return steps;
  }

  boolean exists() {
    return location.newest(location.engine()).isPresent();
  }

  private Optional<String> expire(Duration time) throws InterruptedException {
    return new TableExpiry(location, time, clock, ticker("rows that go:"))
        .run()
        .filter(result -> result.version().isPresent())
        .map(result -> result.toText());
  }

  private Optional<String> compact() throws IOException, InterruptedException {
    return new TableCompaction(location, options.rules(table), clock, ticker("rows"))
        .run()
        .filter(result -> result.version().isPresent())
        .map(result -> result.toText());
  }

  private Optional<String> vacuum() throws IOException, InterruptedException {
    return new TableVacuum(location, options.retention(), clock, ticker("files listed:"))
        .run(true)
        .filter(result -> result.deletedFiles() > 0)
        .map(result -> result.deleted());
  }

  private Ticker ticker(String what) {
    return new Ticker(progress, table.path() + ": " + what);
  }
}
