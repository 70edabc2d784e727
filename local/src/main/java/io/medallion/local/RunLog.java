package io.medallion.local;

import java.io.PrintStream;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/**
 * The log of a run, a file in the lake. Logging starts with the first logger that is asked for, and
 * {@code flink-conf/log4j2.properties} takes the file's name from a system property: that has to be
 * set first, so that classes that work before the lake is open have no loggers.
 */
final class RunLog {

  private static final String FILE_PROPERTY = "log.file";

  private RunLog() {}

  static void open(Path file) {
    System.setProperty(FILE_PROPERTY, file.toString());
  }

  /**
   * Writes an unexpected failure with its stack trace: to the log, or to the terminal before it.
   */
  static void write(Throwable failure, PrintStream err) {
    if (System.getProperty(FILE_PROPERTY) == null) {
      failure.printStackTrace(err);
    } else {
      LoggerFactory.getLogger(LocalMain.class).error("The run failed", failure);
    }
  }

  /** Where to read on, as the end of a message. */
  static String hint() {
    String file = System.getProperty(FILE_PROPERTY);
    return file == null ? "" : " (log: " + file + ")";
  }
}
