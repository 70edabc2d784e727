package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line of {@code medallion generate}. */
@Command(
    name = "generate",
    header = "Sends fake events of a contract to an Event Hub or any Kafka topic.",
    abbreviateSynopsis = true,
    sortOptions = false,
    description = "The events are those of the weather or of another contract.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything sent was acknowledged",
      "1:something was not",
      "2:wrong options, or no connection: nothing was sent",
      "130:stopped by Ctrl-C"
    })
final class GenerateOptions {

  @Mixin private ConnectionOptions connection;
  @Mixin private EventOptions events;

  @Option(
      names = "--window",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "The job's window, for late events (default: ${DEFAULT-VALUE}).")
  private Duration window;

  @Option(
      names = "--out-of-orderness",
      paramLabel = "TIME",
      defaultValue = "5m",
      description = "The job's out-of-orderness, for late events (default: ${DEFAULT-VALUE}).")
  private Duration outOfOrderness;

  @Option(names = "--json", description = "Print the summary as one JSON object.")
  private boolean json;

  @Option(
      names = "--progress",
      negatable = true,
      description = "Show progress on stderr once a second (default: on a terminal).")
  private Boolean progress;

  ConnectionOptions connection() {
    return connection;
  }

  /**
   * What to send.
   *
   * @throws IllegalArgumentException one line that names the option and what is allowed
   */
  GeneratorOptions events() {
    Contract contract = ContractReader.named(events.contract().orElse(ContractReader.STANDARD));
    return events.builder(contract, 0).window(window).outOfOrderness(outOfOrderness).build();
  }

  boolean json() {
    return json;
  }

  Optional<Boolean> progress() {
    return Optional.ofNullable(progress);
  }
}
