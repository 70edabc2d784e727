package io.medallion.local;

/**
 * Something that the person at the terminal can put right. The message is one line that says what
 * is wrong, with what, and what to do; it is shown as it stands, without a stack trace.
 */
final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UserError(String message) {
    super(message);
  }

  UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
