package io.medallion.delta;

/**
 * The table is not what this run of the job may write to: another run owns it, it has moved on past
 * the checkpoint that the job was restored from, or its schema, protocol or log is not the sink's.
 *
 * <p>Never retried within a run: the message says what was found and what an operator can do.
 */
public final class TableConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TableConflictException(String message) {
    super(message);
  }

  TableConflictException(String message, Throwable cause) {
    super(message, cause);
  }
}
