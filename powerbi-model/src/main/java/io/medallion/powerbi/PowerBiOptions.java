package io.medallion.powerbi;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of {@code medallion powerbi}. */
@Command(
    name = "powerbi",
    header = "Makes a Power BI project for the gold tables of a contract.",
    abbreviateSynopsis = true,
    sortOptions = false,
    description =
        "A semantic model, a plain report and views for Synapse serverless. The model is written"
            + " anew each time; a report that is there is left as it is.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the project was written",
      "1:the folder can't be written",
      "2:wrong options, or the file is no contract: nothing was written"
    })
final class PowerBiOptions {

  @Option(
      names = "--contract",
      paramLabel = "FILE",
      defaultValue = "weather",
      description = "A contract file, or the name of one that ships (default: ${DEFAULT-VALUE}).")
  private String contract;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "The folder of the project; made if it is not there.")
  private Path out;

  String contract() {
    return contract;
  }

  Path out() {
    return out;
  }
}
