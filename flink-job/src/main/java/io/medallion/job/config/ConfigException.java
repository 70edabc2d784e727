package io.medallion.job.config;

/** A setting is unknown, malformed or missing; the message is one line that says what to do. */
public final class ConfigException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
