package io.medallion.cli;

/**
 * An expected error, as it is said.
 *
 * @param exitCode of {@link ExitCode}
 * @param message one line, which says what to do if there is something to do
 */
public record Failure(int exitCode, String message) {

  /** The user has to change something. */
  public static Failure wrongUse(Exception problem) {
    return new Failure(ExitCode.WRONG_USE, problem.getMessage());
  }

  /** The message says all. */
  public static Failure saying(Exception problem) {
    return new Failure(ExitCode.FAILED, problem.getMessage());
  }

  /** Only the causes together say what happened: libraries wrap what storage says. */
  public static Failure withReasons(Exception problem) {
    return new Failure(ExitCode.FAILED, reasons(problem));
  }

  /** The causes, outermost first. */
  private static String reasons(Throwable problem) {
    StringBuilder text = new StringBuilder(problem.toString());
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      text.append("; because of ").append(cause);
    }
    return text.toString();
  }
}
