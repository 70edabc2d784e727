package io.medallion.generator;

import io.medallion.eventhubs.BrokerUnavailableException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code generate}: sends events until it is done or interrupted, then says exactly what it sent.
 *
 * <p>Exit codes: 0 everything was acknowledged, 1 something failed, 2 the options or the connection
 * are wrong and nothing was sent, 130 stopped by Ctrl-C.
 */
@Command(
    name = "generate",
    abbreviateSynopsis = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    description =
        "Sends fake events, those of the weather or of another contract, to an Event Hub or any Kafka topic.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything sent was acknowledged",
      "1:something was not",
      "2:wrong options, or no connection: nothing was sent",
      "130:stopped by Ctrl-C"
    })
public final class GeneratorCommand implements Callable<Integer> {

  private static final int OK = 0;
  private static final int FAILED = 1;
  private static final int UNUSABLE = 2;

  @Spec private CommandSpec spec;
  @Mixin private ConnectionOptions connection;
  @Mixin private LoadOptions load;

  @Option(names = "--json", description = "Print the summary as one JSON object.")
  private boolean json;

  @Option(
      names = "--progress",
      negatable = true,
      description = "Show progress on stderr once a second (default: on a terminal).")
  private Boolean progress;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // For picocli.
  private boolean help;

  /** The command, ready to parse arguments: one line for a usage error, names in any case. */
  public static CommandLine newCommandLine() {
    return new CommandLine(new GeneratorCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(
            (exception, arguments) -> {
              CommandLine command = exception.getCommandLine();
              return unusable(command, exception.getMessage());
            });
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    try (InterruptSignal interrupt = InterruptSignal.listen()) {
      GeneratorSummary summary = run(command.getErr(), interrupt);
      PrintWriter out = command.getOut();
      out.println(json ? summary.toJson() : summary.toText());
      out.flush();
      return summary.succeeded() ? OK : FAILED;
    } catch (BrokerUnavailableException | IllegalArgumentException e) {
      return unusable(command, e.getMessage());
    }
  }

  private GeneratorSummary run(PrintWriter err, InterruptSignal interrupt) {
    GeneratorTarget target = connection.toTarget();
    GeneratorOptions options = load.toOptions();
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    if (progress == null ? !terminal : !progress) {
      return EventGenerator.run(options, target, ProgressListener.NONE, interrupt);
    }
    ProgressLine line = new ProgressLine(err, terminal);
    try {
      return EventGenerator.run(options, target, line, interrupt);
    } finally {
      line.clear();
    }
  }

  private static int unusable(CommandLine command, String problem) {
    command.getErr().println(command.getCommandName() + ": " + problem);
    command.getErr().flush();
    return UNUSABLE;
  }
}
