package io.medallion.local;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log of a run, a file in the lake, written as {@code flink-conf/log4j2.properties} says.
 * Logging starts with the first logger that is asked for: what works before the lake is open has
 * none.
 */
final class RunLog {

  private static final String FILE_PROPERTY = "log.file";

  private RunLog() {}

  static void open(Path confFolder, Path file) {
    System.setProperty(FILE_PROPERTY, file.toString());
    System.setProperty(
        "log4j2.configurationFile", confFolder.resolve("log4j2.properties").toUri().toString());
  }

  static boolean isOpen() {
    return System.getProperty(FILE_PROPERTY) != null;
  }

  /** Writes an unexpected failure with its stack trace. */
  static void write(Throwable failure) {
    LoggerFactory.getLogger(LocalCommand.class).error("The run failed", failure);
  }

  /** Where to read on, as the end of a message. */
  static String hint() {
    String file = System.getProperty(FILE_PROPERTY);
    return file == null ? "" : " (log: " + file + ")";
  }
}
