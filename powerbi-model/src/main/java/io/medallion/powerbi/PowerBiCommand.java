package io.medallion.powerbi;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Failure;
import io.medallion.cli.Subcommand;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code medallion powerbi}: makes a Power BI project. */
public final class PowerBiCommand implements Subcommand<PowerBiOptions> {

  @Override
  public Class<PowerBiOptions> options() {
    return PowerBiOptions.class;
  }

  @Override
  public int run(PowerBiOptions options, Console console) throws IOException {
    write(ContractReader.named(options.contract()), options.out(), console.out());
    return ExitCode.DONE;
  }

  @Override
  public Optional<Failure> explain(Exception problem) {
    if (problem instanceof ContractException) {
      return Optional.of(Failure.wrongUse(problem));
    }
    if (problem instanceof IOException) {
      return Optional.of(new Failure(ExitCode.FAILED, "the project can't be written: " + problem));
    }
    return Optional.empty();
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
}
