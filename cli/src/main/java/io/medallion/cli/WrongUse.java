package io.medallion.cli;

/** The user has to change the command line or the settings; the message says how. */
public final class WrongUse extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public WrongUse(String message) {
    super(message);
  }

  public WrongUse(String message, Throwable cause) {
    super(message, cause);
  }
}
