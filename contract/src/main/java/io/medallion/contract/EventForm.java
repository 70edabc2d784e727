package io.medallion.contract;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a record holds its event, and where an event's key, time and id come from.
 *
 * @param data where the event is in an envelope; empty if the body is the event
 * @param tolerated what around or in a body is no defect
 * @param timeZone of times that tell none; empty if they have to
 * @param key what groups events, such as a station or a device
 * @param timeFrom in order of preference
 * @param timeFormat of a time in the body or in a header
 */
public record EventForm(
    Optional<JsonPath> data,
    Set<Tolerance> tolerated,
    Optional<ZoneOffset> timeZone,
    Key key,
    List<Origin> timeFrom,
    TimeFormat timeFormat,
    Id id) {

  /** What is taken away before a body is read. */
  public enum Tolerance {
    /** Of UTF-8, at the start. */
    BYTE_ORDER_MARK,
    /** NULs at the end. */
    NULS,
    /** A body compressed with gzip. */
    GZIP
  }

  /**
   * What groups events.
   *
   * @param column its name in silver and gold
   * @param from in order of preference
   * @param acceptsNumber whether it may be a whole number in the body
   * @param otherwise what it is if it comes from nowhere
   */
  public record Key(String column, List<Origin> from, boolean acceptsNumber, String otherwise) {
    public Key {
      from = List.copyOf(from);
    }
  }

  /**
   * What tells an event from others of its key.
   *
   * @param from in order of preference; empty if events have no id
   * @param acceptsNumber whether it may be a whole number in the body
   */
  public record Id(List<Origin> from, boolean acceptsNumber) {
    public Id {
      from = List.copyOf(from);
    }
  }

  /** A place as it is written in the contract: in an envelope's data, or from the outermost. */
  public String written(JsonPath path) {
    if (data.isEmpty()) {
      return path.toString();
    }
    int depth = data.get().names().size();
    boolean isName = path.names().size() == depth + 1 && data.get().isPrefixOf(path);
    return isName ? new JsonPath(List.of(path.names().get(depth))).toString() : path.pointer();
  }

  /** An origin as it is written in the contract. */
  public String written(Origin origin) {
    if (origin instanceof Origin.InField field) {
      return "field " + written(field.path());
    }
    if (origin instanceof Origin.InHeader header) {
      return "header " + header.name();
    }
    return origin instanceof Origin.RecordKey ? "record key" : "enqueued time";
  }

  public EventForm {
    tolerated = Set.copyOf(tolerated);
    timeFrom = List.copyOf(timeFrom);
  }
}
