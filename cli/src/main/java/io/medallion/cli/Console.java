package io.medallion.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out what was asked for, and nothing else
 * @param err what goes wrong
 * @param progress how far it is; goes nowhere with {@code --quiet}
 */
public record Console(PrintStream out, PrintStream err, PrintStream progress) {

  static Console of(PrintStream out, PrintStream err, boolean quiet) {
    return new Console(out, err, quiet ? nowhere() : err);
  }

  /** The same, for a command whose text nobody wants. */
  public Console withoutText() {
    return new Console(nowhere(), err, progress);
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
  }
}
