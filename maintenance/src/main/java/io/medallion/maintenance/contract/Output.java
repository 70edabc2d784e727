package io.medallion.maintenance.contract;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a command's text goes. */
final class Output {

  private Output() {}

  /** Writes into a file, or without one to the standard output. */
  static void write(Optional<Path> file, String text, PrintStream out) throws IOException {
    if (file.isPresent()) {
      Files.writeString(file.get(), text);
    } else {
      out.print(text);
      out.flush();
    }
  }
}
