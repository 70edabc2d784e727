package io.medallion.cli;

/** What a command ends with. */
public final class ExitCode {

  /** It did what was asked for. */
  public static final int DONE = 0;

  /** It could not do it, or found something wrong. */
  public static final int FAILED = 1;

  /** The command line or the settings are wrong; nothing was done. */
  public static final int WRONG_USE = 2;

  /** Ctrl-C ended it before its end. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
