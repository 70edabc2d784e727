package io.medallion.generator;

import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Failure;
import io.medallion.cli.Subcommand;
import io.medallion.contract.ContractException;
import io.medallion.eventhubs.BrokerUnavailableException;
import java.util.Optional;
import picocli.CommandLine.Help.Ansi;

/**
 * {@code medallion generate}: sends events until it is done or interrupted, then says exactly what
 * it sent.
 */
public final class GenerateCommand implements Subcommand<GenerateOptions> {

  @Override
  public Class<GenerateOptions> options() {
    return GenerateOptions.class;
  }

  @Override
  public int run(GenerateOptions options, Console console) {
    try (InterruptSignal interrupt = InterruptSignal.listen()) {
      GeneratorSummary summary = send(options, console, interrupt);
      console.out().println(options.json() ? summary.toJson() : summary.toText());
      return summary.succeeded() ? ExitCode.DONE : ExitCode.FAILED;
    }
  }

  private static GeneratorSummary send(
      GenerateOptions options, Console console, InterruptSignal interrupt) {
    GeneratorTarget target = options.connection().toTarget();
    GeneratorOptions load = options.events();
    boolean terminal = Ansi.AUTO.enabled();
    if (!options.progress().orElse(terminal)) {
      return EventGenerator.run(load, target, ProgressListener.NONE, interrupt);
    }
    ProgressLine line = new ProgressLine(console.progress(), terminal);
    try {
      return EventGenerator.run(load, target, line, interrupt);
    } finally {
      line.clear();
    }
  }

  @Override
  public Optional<Failure> explain(Exception problem) {
    return problem instanceof BrokerUnavailableException
            || problem instanceof ContractException
            || problem instanceof IllegalArgumentException
        ? Optional.of(Failure.wrongUse(problem))
        : Subcommand.super.explain(problem);
  }
}
