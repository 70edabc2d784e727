package io.medallion.maintenance.maintain;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import io.medallion.maintenance.maintain.TableUpkeep.Step;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The schedule: passes over all tables, one table and one step after the other.
 *
 * <p>Nothing is kept from pass to pass but when the last vacuum was: what is to be done, the tables
 * tell. So a process that is killed and started again goes on where it was.
 */
final class Maintenance {

  private final MaintainOptions options;
  private final Lake lake;
  private final Clock clock;
  private final Stop stop;
  private final Console console;
  private Instant nextVacuum = Instant.MIN;
  private int passes;

  Maintenance(MaintainOptions options, Clock clock, Stop stop, Console console) {
    this.options = options;
    this.lake = options.lake().open();
    this.clock = clock;
    this.stop = stop;
    this.console = console;
  }

  /** What came of a pass. */
  private record Pass(int tables, int changed, int failures) {

    static final Pass NOTHING = new Pass(0, 0, 0);

    Pass plus(Pass other) {
      return new Pass(tables + other.tables, changed + other.changed, failures + other.failures);
    }
  }

  /** Runs one pass; returns the exit code. */
  int once() throws InterruptedException {
    Pass pass = pass();
    if (pass.tables() == 0 && pass.failures() == 0 && !stop.isAsked()) {
      throw options.lake().holdsNothing();
    }
    return pass.failures() == 0 ? ExitCode.DONE : ExitCode.FAILED;
  }

  /** Runs until it is asked to stop. */
  void run() throws InterruptedException {
    Duration rest;
    do {
      Instant next = clock.instant().plus(options.every());
      pass();
      rest = Duration.between(clock.instant(), next);
    } while (!stop.await(rest));
    say("stopped");
  }

  private Pass pass() throws InterruptedException {
    Instant begin = clock.instant();
    boolean withVacuum = !begin.isBefore(nextVacuum);
    passes++;
    Pass pass;
    try {
      pass = pass(withVacuum);
    } catch (WrongUse wrongUse) {
      throw wrongUse;
    } catch (RuntimeException unreadable) {
      failed("the lake", unreadable);
      pass = new Pass(0, 0, 1);
    }
    if (withVacuum && pass.failures() == 0 && pass.tables() > 0) {
      nextVacuum = begin.plus(options.vacuumEvery());
    }
    say(
        "pass %d%s: %d of %d tables changed, %d failures"
            .formatted(
                passes,
                withVacuum ? " with vacuum" : "",
                pass.changed(),
                pass.tables(),
                pass.failures()));
    return pass;
  }

  private Pass pass(boolean withVacuum) throws InterruptedException {
    if (!lake.isThere()) {
      // What its tables are, nobody knows yet.
      say(options.lake().holdsNothing().getMessage());
      return Pass.NOTHING;
    }
    LakeTables definitions = lake.tables();
    Map<TableDefinition, Duration> keep = options.keep(definitions);
    Pass sum = Pass.NOTHING;
    for (TableDefinition table : options.tables(definitions)) {
      TableUpkeep upkeep = new TableUpkeep(options, lake, table, keep, clock, console.progress());
      sum = sum.plus(pass(table, upkeep, withVacuum));
    }
    return sum;
  }

  private Pass pass(TableDefinition table, TableUpkeep upkeep, boolean withVacuum)
      throws InterruptedException {
    List<String> changes = new ArrayList<>();
    int failures = 0;
    try {
      if (stop.isAsked() || !upkeep.exists()) {
        return Pass.NOTHING;
      }
    } catch (RuntimeException unreadable) {
      failed(table.path(), unreadable);
      return new Pass(1, 0, 1);
    }
    for (Step step : upkeep.steps(withVacuum)) {
      if (stop.isAsked()) {
        break;
      }
      try {
        Optional<String> change = step.action().run();
        change.ifPresent(text -> changes.add(step.command() + ": " + text));
      } catch (IOException | RuntimeException failure) {
        failed(table.path() + ": " + step.command(), failure);
        failures++;
      }
    }
    if (!changes.isEmpty()) {
      say(table.path() + ": " + String.join("; ", changes));
    }
    return new Pass(1, changes.isEmpty() ? 0 : 1, failures);
  }

  private void failed(String what, Exception failure) {
    console.err().println(time() + " " + what + ": " + EachTable.said(failure));
  }

  private void say(String text) {
    console.out().println(time() + " " + text);
  }

  private Instant time() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
