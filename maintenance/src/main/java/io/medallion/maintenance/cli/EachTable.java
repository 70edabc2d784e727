package io.medallion.maintenance.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Failure;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of a command on one table after the other, and reports it: as text, or as JSON with
 * {@code lake}, {@code dryRun} and {@code tables}. A table that is refused, or can't be read or
 * written, stops none.
 */
public final class EachTable {

  private static final Logger LOG = LoggerFactory.getLogger(EachTable.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final String command;
  private final LakeOptions lake;
  private final OutcomeOptions options;
  private final Console console;

  /**
   * @param command as after {@code medallion}
   */
  public EachTable(String command, LakeOptions lake, OutcomeOptions options, Console console) {
    this.command = command;
    this.lake = lake;
    this.options = options;
    this.console = console;
  }

  /** What is done with a table. */
  public interface Action {

    /** Does it; returns what came of it, or nothing if there is no such table. */
    Optional<Outcome> run(TableDefinition table) throws IOException, InterruptedException;
  }

  /**
   * What came of it.
   *
   * @param text for people, without the table's name
   * @param json puts it into an object
   */
  public record Outcome(String text, Consumer<ObjectNode> json) {}

  /**
   * Does it with all.
   *
   * @param dry what a dry run says at the end
   * @return the exit code: 1 if a table was refused, or can't be read or written
   * @throws WrongUse if there is none of the tables
   */
  public int run(List<TableDefinition> tables, String dry, Action action)
      throws InterruptedException {
    ObjectNode report = JSON.createObjectNode();
    report.put("lake", lake.lake()).put("dryRun", options.dryRun());
    ArrayNode reported = report.putArray("tables");
    boolean found = false;
    int exitCode = ExitCode.DONE;
    for (TableDefinition table : tables) {
      try {
        Optional<Outcome> outcome = action.run(table);
        found |= outcome.isPresent();
        outcome.ifPresent(done -> tell(table, done, reported));
      } catch (WrongUse wrongUse) {
        throw wrongUse;
      } catch (IOException | RuntimeException failure) {
        found = true;
        exitCode = ExitCode.FAILED;
        LOG.info("{} of {} failed", command, table.path(), failure);
        console.err().printf("medallion %s: %s: %s%n", command, table.path(), said(failure));
      }
    }
    if (!found) {
      throw lake.holdsNothing();
    }
    if (options.json()) {
      console.out().println(report.toPrettyString());
    } else if (options.dryRun()) {
      console.out().println(dry);
    }
    return exitCode;
  }

  private void tell(TableDefinition table, Outcome done, ArrayNode reported) {
    if (options.json()) {
      done.json().accept(reported.addObject().put("table", table.path()));
    } else {
      console.out().println(table.path() + ": " + done.text());
    }
  }

  /** How the failure of one table is said. */
  public static String said(Exception failure) {
    return LakeCommand.explained(failure).orElseGet(() -> Failure.withReasons(failure)).message();
  }
}
