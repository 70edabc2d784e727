package io.medallion.dashboard.web;

/** A request that is not understood; the message is the answer, and repeats nothing of it. */
final class BadRequest extends Exception {

  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }

  BadRequest(String message, Throwable cause) {
    super(message, cause);
  }
}
