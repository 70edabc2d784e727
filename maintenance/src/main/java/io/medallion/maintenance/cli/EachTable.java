package io.medallion.maintenance.cli;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Failure;
import io.medallion.cli.WrongUse;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does the work of a command on one table after the other: one that is refused, or can't be read or
 * written, stops none.
 */
public final class EachTable {

  private static final Logger LOG = LoggerFactory.getLogger(EachTable.class);

  private final String command;
  private final LakeOptions lake;
  private final Console console;

  /**
   * @param command as after {@code medallion}
   */
  public EachTable(String command, LakeOptions lake, Console console) {
    this.command = command;
    this.lake = lake;
    this.console = console;
  }

  /** What is done with a table. */
  public interface Action {

    /** Does it; returns what to say of it, or nothing if there is no such table. */
    Optional<String> run(TableDefinition table) throws IOException, InterruptedException;
  }

  /**
   * Does it with all.
   *
   * @return the exit code: 1 if a table was refused, or can't be read or written
   * @throws WrongUse if there is none of the tables
   */
  public int run(List<TableDefinition> tables, Action action) throws InterruptedException {
    boolean found = false;
    int exitCode = ExitCode.DONE;
    for (TableDefinition table : tables) {
      try {
        Optional<String> done = action.run(table);
        done.ifPresent(console.out()::println);
        found |= done.isPresent();
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
    return exitCode;
  }

  /** How the failure of one table is said. */
  public static String said(Exception failure) {
    return LakeCommand.explained(failure).orElseGet(() -> Failure.withReasons(failure)).message();
  }
}
