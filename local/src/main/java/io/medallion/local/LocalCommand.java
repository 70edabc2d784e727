package io.medallion.local;

import io.medallion.broker.BrokerStartException;
import io.medallion.cli.Console;
import io.medallion.cli.ExitCode;
import io.medallion.cli.Failure;
import io.medallion.cli.Subcommand;
import io.medallion.eventhubs.BrokerUnavailableException;
import java.util.Optional;

/** {@code medallion local}: the whole system in this process. */
public final class LocalCommand implements Subcommand<LocalOptions> {

  @Override
  public Class<LocalOptions> options() {
    return LocalOptions.class;
  }

  @Override
  public int run(LocalOptions options, Console console) throws Exception {
    return new LocalRun(options, FlinkSettings.folder(), StopSignal.install(), console).run();
  }

  @Override
  public Optional<Failure> explain(Exception problem) {
    if (problem instanceof BrokerStartException || problem instanceof BrokerUnavailableException) {
      return Optional.of(Failure.wrongUse(problem));
    }
    if (problem instanceof JobFailedException) {
      return Optional.of(
          new Failure(ExitCode.FAILED, "the job failed: " + problem.getMessage() + RunLog.hint()));
    }
    if (!RunLog.isOpen()) {
      return Subcommand.super.explain(problem);
    }
    RunLog.write(problem);
    String cause = problem.toString().lines().findFirst().orElse("");
    return Optional.of(new Failure(ExitCode.FAILED, cause + RunLog.hint()));
  }
}
