package io.medallion.maintenance.expire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Console;
import io.medallion.cli.Ticker;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.EachTable.Outcome;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

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
    return new EachTable("expire", options.lake(), options.outcome(), console)
        .run(
            List.copyOf(keep.keySet()),
            "Nothing was written: this was a --dry-run.",
            table -> {
              Ticker ticker = new Ticker(console.progress(), table.path() + ": rows");
              TableExpiry expiry =
                  new TableExpiry(lake.location(table), keep.get(table), clock, ticker);
              return (options.outcome().dryRun() ? expiry.plan() : expiry.run())
                  .map(result -> new Outcome(result.toText(), json -> put(json, result)));
            });
  }

  private static void put(ObjectNode node, ExpiryResult result) {
    node.put("before", result.before().toString())
        .put("files", result.files())
        .put("bytes", result.bytes())
        .put("rows", result.rows());
    result.version().ifPresent(version -> node.put("version", version));
  }
}
