package io.medallion.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A command of {@code medallion}. A module provides its commands as services, in {@code
 * META-INF/services}.
 *
 * <p>It has no logger: logging starts after its options are known.
 *
 * @param <O> the options
 */
public interface Subcommand<O> {

  /** A class that picocli fills with the options; its annotation names the command. */
  Class<O> options();

  /**
   * Does it.
   *
   * @return the exit code; see {@link ExitCode}
   * @throws WrongUse if the options do not fit
   * @throws Exception any other one; see {@link #explain}
   */
  int run(O options, Console console) throws Exception;

  /** The commands below it, if it only groups them. */
  default List<Subcommand<?>> subcommands() {
    return List.of();
  }

  /** How an error is said that was to be expected; empty if it was not. */
  default Optional<Failure> explain(Exception problem) {
    return problem instanceof IOException || problem instanceof UncheckedIOException
        ? Optional.of(Failure.withReasons(problem))
        : Optional.empty();
  }
}
