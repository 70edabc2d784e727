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
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
    return new Console(out, err, quiet ? nowhere : err);
  }
}
