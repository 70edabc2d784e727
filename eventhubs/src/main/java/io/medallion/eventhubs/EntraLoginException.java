package io.medallion.eventhubs;

/** No token from Entra ID; the message is one line that says what to check and holds no secret. */
final class EntraLoginException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  EntraLoginException(String message) {
    super(message);
  }
}
