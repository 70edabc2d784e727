package io.medallion.maintenance.cli;

import io.delta.kernel.exceptions.KernelEngineException;
import io.delta.kernel.exceptions.KernelException;
import io.medallion.cli.Failure;
import io.medallion.cli.Subcommand;
import io.medallion.contract.ContractException;
import io.medallion.delta.TableConflictException;
import io.medallion.job.config.ConfigException;
import java.util.Optional;

/**
 * A command that works with the tables of a lake, or with what they are made by.
 *
 * @param <O> the options
 */
public interface LakeCommand<O> extends Subcommand<O> {

  @Override
  default Optional<Failure> explain(Exception problem) {
    return explained(problem).or(() -> Subcommand.super.explain(problem));
  }

  /** How an error of the settings, the contract, the tables or their storage is said. */
  static Optional<Failure> explained(Exception problem) {
    if (problem instanceof ConfigException) {
      return Optional.of(Failure.wrongUse(problem));
    }
    if (problem instanceof TableConflictException || problem instanceof ContractException) {
      return Optional.of(Failure.saying(problem));
    }
    if (problem instanceof KernelException || problem instanceof KernelEngineException) {
      return Optional.of(Failure.withReasons(problem));
    }
    return Optional.empty();
  }
}
