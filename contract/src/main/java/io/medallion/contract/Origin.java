package io.medallion.contract;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where an event's key, time or id comes from. */
public sealed interface Origin {

  String ALLOWED = "'field NAME', 'record key', 'header NAME' or 'enqueued time'";

  /** A value in the body. */
  record InField(JsonPath path) implements Origin {}

  /** The key of the record. */
  record RecordKey() implements Origin {}

  /** A header of the record, of those with the same name the last one. */
  record InHeader(String name) implements Origin {}

  /** The record's timestamp: in Event Hubs the enqueued time. */
  record EnqueuedTime() implements Origin {}

  /**
   * Several values, of which a key is joined. It is there if all of them are.
   *
   * @param parts at least two, none of them joined itself
   */
  record Joined(List<Origin> parts) implements Origin {
    public Joined {
      parts = List.copyOf(parts);
    }
  }

  /** The values that it is made of: itself, unless it is joined. */
  default Stream<Origin> single() {
    return this instanceof Joined joined ? joined.parts().stream() : Stream.of(this);
  }

  /** Reads one as it is written; empty if it is none. */
  static Optional<Origin> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.equals("record key")) {
      return Optional.of(new RecordKey());
    }
    if (trimmed.equals("enqueued time")) {
      return Optional.of(new EnqueuedTime());
    }
    if (trimmed.startsWith("field ")) {
      return JsonPath.parse(trimmed.substring("field ".length()).strip()).map(InField::new);
    }
    String header = trimmed.startsWith("header ") ? trimmed.substring("header ".length()) : "";
    return header.isBlank() ? Optional.empty() : Optional.of(new InHeader(header.strip()));
  }
}
