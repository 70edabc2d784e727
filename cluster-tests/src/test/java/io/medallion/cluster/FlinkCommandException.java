package io.medallion.cluster;

/** A command of {@code flink} did not do what it was asked for; the message has its output. */
final class FlinkCommandException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FlinkCommandException(String message) {
    super(message);
  }
}
