package io.medallion.local;

import org.apache.flink.util.SerializedThrowable;

/** The job is over and nobody asked for that. The message is its root cause in one line. */
final class JobFailedException extends Exception {

  private static final long serialVersionUID = 1L;
  private static final int LONGEST = 1000;

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
    String line = describe(root).lines().findFirst().orElse("");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "...";
  }

  private static String describe(Throwable root) {
    String type = root.getClass().getSimpleName();
    if (root.getMessage() == null) {
      return type;
    }
    // Flink's stand-in for a class that it could not load brings the type along in its message.
    return root instanceof SerializedThrowable
        ? root.getMessage()
        : type + ": " + root.getMessage();
  }
}
