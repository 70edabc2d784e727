package io.medallion.maintenance.expire;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.maintenance.cli.EachTable;
import io.medallion.maintenance.cli.Ticker;
import io.medallion.maintenance.cli.Tool;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entry point of {@code medallion expire}: command line in, exit code out. */
public final class ExpireMain {

  private static final JsonMapper JSON = new JsonMapper();

  private ExpireMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Removes what is old in this process.
   *
   * @return 0 if all tables are done, 1 if one is left as it is because of what it is, or can't be
   *     read or written; 2 for wrong use
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    return execute(arguments, out, err, Clock.systemUTC());
  }

  /**
   * As above.
   *
   * @param clock tells what is old
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err, Clock clock) {
    return Tool.execute(
        "expire",
        ExpireOptions.class,
        (options, output, errors) -> run(options, output, errors, clock),
        arguments,
        out,
        err);
  }

  private static int run(ExpireOptions options, PrintStream out, PrintStream err, Clock clock)
      throws InterruptedException {
    Lake lake = options.lake().open();
    Map<TableDefinition, Duration> keep = options.keep(lake.tables());
    ObjectNode report =
        JSON.createObjectNode().put("lake", options.lake().lake()).put("dryRun", options.dryRun());
    ArrayNode tables = report.putArray("tables");
    PrintStream text =
        options.json() ? new PrintStream(OutputStream.nullOutputStream(), false, UTF_8) : out;
    int exitCode =
        EachTable.run(
            "expire",
            options.lake(),
            List.copyOf(keep.keySet()),
            table -> {
              TableExpiry expiry =
                  new TableExpiry(
                      lake.location(table),
                      keep.get(table),
                      clock,
                      new Ticker(err, table.path() + ": rows"));
              Optional<ExpiryResult> done = options.dryRun() ? expiry.plan() : expiry.run();
              done.ifPresent(result -> put(tables.addObject(), table, result));
              return done.map(result -> table.path() + ": " + result.toText());
            },
            text,
            err);
    if (options.json()) {
      out.println(report.toPrettyString());
    } else if (options.dryRun()) {
      out.println("Nothing was written: this was a --dry-run.");
    }
    return exitCode;
  }

  private static void put(ObjectNode node, TableDefinition table, ExpiryResult result) {
    node.put("table", table.path())
        .put("before", result.before().toString())
        .put("files", result.files())
        .put("bytes", result.bytes())
        .put("rows", result.rows());
    result.version().ifPresent(version -> node.put("version", version));
  }
}
