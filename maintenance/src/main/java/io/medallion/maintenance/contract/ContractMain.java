package io.medallion.maintenance.contract;

import io.medallion.maintenance.cli.Tool;
import java.io.PrintStream;
import java.util.Arrays;

/** Entry point of {@code medallion contract}: command line in, exit code out. */
public final class ContractMain {

  private static final int EXIT_WRONG_USE = 2;

  private static final String USAGE =
      """
      Usage: medallion contract COMMAND CONTRACT [OPTION...]

      Works with contracts: what events and tables are; docs/contract.md. A contract is a file, or the name
      of one that ships (weather, telemetry). No lake and no broker is needed.

        check CONTRACT   tell whether it is right, and what the job would make of sample events
        diff OLD NEW     tell what differs, and what a lake would go through
        docs CONTRACT    write the page that says what events and tables are
        export CONTRACT  write it in the form of the Open Data Contract Standard

      'medallion contract COMMAND --help' lists a command's options.""";

  private ContractMain() {}

  public static void main(String[] arguments) {
    Tool.prepare();
    System.exit(execute(arguments, System.out, System.err));
  }

  /**
   * Runs the command that the first argument names.
   *
   * @return that command's exit code
   */
  public static int execute(String[] arguments, PrintStream out, PrintStream err) {
    if (arguments.length == 0) {
      err.println(USAGE);
      return EXIT_WRONG_USE;
    }
    String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
    return switch (arguments[0]) {
      case "check" ->
          Tool.execute("contract check", CheckOptions.class, CheckCommand::run, rest, out, err);
      case "diff" ->
          Tool.execute("contract diff", DiffOptions.class, DiffCommand::run, rest, out, err);
      case "docs" ->
          Tool.execute("contract docs", DocsOptions.class, DocsCommand::run, rest, out, err);
      case "export" ->
          Tool.execute("contract export", ExportOptions.class, ExportCommand::run, rest, out, err);
      case "-h", "--help", "help" -> {
        out.println(USAGE);
        yield 0;
      }
      default -> {
        err.println(
            "medallion contract: there is no command '%s'; there are check, diff, docs and export."
                .formatted(arguments[0]));
        yield EXIT_WRONG_USE;
      }
    };
  }
}
