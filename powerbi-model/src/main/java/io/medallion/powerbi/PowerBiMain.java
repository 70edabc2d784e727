package io.medallion.powerbi;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Entry point of {@code medallion powerbi}: command line in, exit code out. */
public final class PowerBiMain {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_WRONG_USE = 2;

  private PowerBiMain() {}

  public static void main(String[] arguments) {
    // What is written must not depend on where: digits, letters and dates of other locales.
    Locale.setDefault(Locale.ROOT);
    System.exit(execute(arguments, System.out, System.err));
  }

  static int execute(String[] arguments, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine(PowerBiOptions.class);
    try {
      line.parseArgs(arguments);
      PowerBiOptions options = line.getCommand();
      if (options.help()) {
        line.usage(out);
        return 0;
      }
      write(contract(options.contract()), options.out(), out);
      return 0;
    } catch (ParameterException e) {
      String advice = ". 'medallion powerbi --help' lists the options.";
      return fail(err, EXIT_WRONG_USE, e.getMessage() + advice);
    } catch (ContractException e) {
      return fail(err, EXIT_WRONG_USE, e.getMessage());
    } catch (IOException e) {
      return fail(err, EXIT_FAILED, "the project can't be written: " + e);
    }
  }

  private static Contract contract(String name) {
    return ContractReader.shipped(name).orElseGet(() -> ContractReader.read(Path.of(name)));
  }

  private static void write(Contract contract, Path folder, PrintStream out) throws IOException {
    Project project = Project.of(contract);
    ProjectFolder target = new ProjectFolder(folder);
    boolean reportIsNew = target.write(project);
    out.printf(
        "Wrote the Power BI project of %s to %s: %d tables of gold.%n",
        contract, folder, contract.gold().size());
    if (!reportIsNew) {
      out.println(project.reportFolder() + " was there: it is left as it is.");
    }
    List<String> others = target.otherTables(project);
    if (!others.isEmpty()) {
      out.println(
          "These tables are not of the contract; delete them if they are not yours: "
              + String.join(", ", others));
    }
    for (String mean : project.meansWithoutMeasure()) {
      out.printf(
          "%s is a mean of events that may have no value, so there is none of several windows: add"
              + " a count of the same column to the table for that.%n",
          mean);
    }
  }

  private static int fail(PrintStream err, int exitCode, String message) {
    err.println("medallion powerbi: " + message);
    return exitCode;
  }
}
