package io.medallion.delta;

/**
 * A restored committable was offered before {@link TableEntry}, which runs at the same time, has
 * put the table back or added the sink's columns. Goes away when it has.
 */
final class NotYetOwnedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  NotYetOwnedException(TableConflictException found) {
    super(found.getMessage(), found);
  }
}
