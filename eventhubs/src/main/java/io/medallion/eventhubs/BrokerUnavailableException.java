package io.medallion.eventhubs;

/**
 * A broker or topic cannot be used, and {@link #getMessage} is one line for the person at the
 * terminal: what happened, to which broker, and what to check. It carries no cause, so that nothing
 * a client library may have put into its own message, such as a credential, is ever shown.
 */
public final class BrokerUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public BrokerUnavailableException(String message) {
    super(message);
  }
}
