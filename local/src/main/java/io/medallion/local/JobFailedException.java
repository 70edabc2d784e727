package io.medallion.local;

import java.util.Locale;

/** The job is over and nobody asked for that. The message is its root cause in one line. */
final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 400;

  JobFailedException(String message) {
    super(message);
  }

  JobFailedException(Throwable failure) {
    super(rootCause(failure), failure);
  }

  private static String rootCause(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? "" : root.getMessage().lines().findFirst().orElse("");
    String type = root.getClass().getSimpleName();
    // A serialized exception brings its class name along in its message.
    String line =
        message.toLowerCase(Locale.ROOT).contains(type.toLowerCase(Locale.ROOT))
            ? message
            : type + ": " + message;
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }
}
