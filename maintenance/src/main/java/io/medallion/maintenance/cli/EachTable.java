package io.medallion.maintenance.cli;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.medallion.delta.TableConflictException;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * Does the work of a command on one table after the other: one that is refused, or can't be read or
 * written, stops none.
 */
public final class EachTable {

  private EachTable() {}

  /** What is done with a table. */
  public interface Action {

    /** Does it; returns what to say of it, or nothing if there is no such table. */
    Optional<String> run(TableDefinition table) throws IOException, InterruptedException;
  }

  /**
   * Does it with all.
   *
   * @param command as after {@code medallion}
   * @return the exit code: 1 if a table was refused, or can't be read or written
   * @throws WrongUse if there is none of the tables
   */
  public static int run(
      String command,
      LakeOptions lake,
      List<TableDefinition> tables,
      Action action,
      PrintStream out,
      PrintStream err)
      throws InterruptedException {
    boolean found = false;
    int exitCode = 0;
    for (TableDefinition table : tables) {
      try {
        Optional<String> done = action.run(table);
        done.ifPresent(out::println);
        found |= done.isPresent();
      } catch (TableConflictException left) {
        found = true;
        exitCode = Tool.EXIT_FAILED;
        err.println("medallion " + command + ": " + left.getMessage());
      } catch (IOException | UncheckedIOException | KernelException | KernelEngineException e) {
        found = true;
        exitCode = Tool.EXIT_FAILED;
        err.printf("medallion %s: %s: %s%n", command, table.path(), Tool.reasons(e));
      }
    }
    if (!found) {
      throw WrongUse.noLake(lake.lake());
    }
    return exitCode;
  }
}
