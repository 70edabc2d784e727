package io.medallion.generator.event;

import java.util.List;
import org.apache.kafka.common.header.Header;

/** A record to send. Its arrays are not to be changed. */
public final class EventMessage {

  private final byte[] sender;
  private final byte[] key;
  private final byte[] value;
  private final List<Header> headers;

  /**
   * @param sender whose records stay in the order in which they were sent
   * @param key of the record; the sender, where nothing else belongs there
   * @param value null for a tombstone
   */
  public EventMessage(byte[] sender, byte[] key, byte[] value, List<Header> headers) {
    this.sender = sender;
    this.key = key;
    this.value = value;
    this.headers = List.copyOf(headers);
  }

  /** The record of an event that tells everything in its body. */
  static EventMessage of(byte[] sender, byte[] value) {
    return new EventMessage(sender, sender, value, List.of());
  }

  EventMessage withValue(byte[] newValue) {
    return new EventMessage(sender, key, newValue, headers);
  }

  /** Whose records stay in the order in which they were sent. */
  public byte[] sender() {
    return sender;
  }

  public byte[] key() {
    return key;
  }

  /** Null for a tombstone. */
  public byte[] value() {
    return value;
  }

  public List<Header> headers() {
    return headers;
  }
}
