package io.medallion.maintenance.expire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.JsonReport;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code medallion expire}: removes what is old from each table that is named. */
public final class ExpireCommand implements LakeCommand<ExpireOptions> {

  private final Clock clock;

  public ExpireCommand() {
    this(Clock.systemUTC());
  }

  /**
   * @param clock tells what is old
   */
  public ExpireCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Class<ExpireOptions> options() {
    return ExpireOptions.class;
  }

  @Override
  public int run(ExpireOptions options, Console console) throws InterruptedException {
    Lake lake = options.lake().open();
    Map<TableDefinition, Duration> keep = options.keep(lake.tables());
    JsonReport report = new JsonReport(options.lake(), options.dryRun());
    int exitCode =
        new EachTable("expire", options.lake(), options.json() ? console.withoutText() : console)
            .run(
                List.copyOf(keep.keySet()),
                table -> {
                  Ticker ticker = new Ticker(console.progress(), table.path() + ": rows");
                  TableExpiry expiry =
                      new TableExpiry(lake.location(table), keep.get(table), clock, ticker);
                  Optional<ExpiryResult> done = options.dryRun() ? expiry.plan() : expiry.run();
                  done.ifPresent(result -> put(report.add(table), result));
                  return done.map(result -> table.path() + ": " + result.toText());
                });
    if (options.json()) {
      console.out().println(report);
    } else if (options.dryRun()) {
      console.out().println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }

  private static void put(ObjectNode node, ExpiryResult result) {
    node.put("before", result.before().toString())
        .put("files", result.files())
        .put("bytes", result.bytes())
        .put("rows", result.rows());
    result.version().ifPresent(version -> node.put("version", version));
  }
}
