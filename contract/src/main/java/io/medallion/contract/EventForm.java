package io.medallion.contract;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a record holds its event, and where an event's key, time and id come from.
 *
 * @param records what a record's body is
 * @param data where the event, or the array of events, is in an envelope; empty if the body is it
 * @param encoding of the text that stands where the data would be; empty if the data itself is
 *     there
 * @param unknownFields what becomes of values that the contract does not name
 * @param tolerated what around or in a body is no defect
 * @param timeZone of times that tell none; empty if they have to
 * @param key what groups events, such as a station or a device
 * @param timeFrom in order of preference
 * @param timeFormat of a time in the body or in a header
 */
public record EventForm(
    Records records,
    Optional<JsonPath> data,
    Optional<Encoding> encoding,
    UnknownFields unknownFields,
    Set<Tolerance> tolerated,
    Optional<ZoneId> timeZone,
    Key key,
    List<Origin> timeFrom,
    TimeFormat timeFormat,
    Id id) {

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** How many events the body of a record has. */
  public enum Records {
    /** One. */
    OBJECT,
    /** One, or an array of them. */
    ARRAY,
    /** One on each line. */
    LINES;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** How data is put into a text. */
  public enum Encoding {
    /** RFC 4648. */
    BASE64,
    /** JSON in a JSON string. */
    JSON;

    @Override
    public String toString() {
      return written(this);
    }
  }

  /** What becomes of values in an event that the contract does not name. Bronze has them always. */
  public enum UnknownFields {
    /** Nothing. */
    IGNORE,
    /** A metric counts the events that have some, and the log tells their names. */
    COUNT,
    /** The same, and silver has them in a column of its own. */
    KEEP;

    @Override
    public String toString() {
      return written(this);
    }
  }

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
   * @param join a character between the parts of one that is joined, which none of them may have
   * @param otherwise what it is if it comes from nowhere
   */
  public record Key(
      String column, List<Origin> from, boolean acceptsNumber, String join, String otherwise) {
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

  /** Whether a record can have several events: then an event's place in it is a column. */
  public boolean hasSeveral() {
    return records != Records.OBJECT;
  }

  /** The headers that key, time or id may come from. */
  public Set<String> headers() {
    return Stream.of(key.from(), timeFrom, id.from())
        .flatMap(List::stream)
        .flatMap(Origin::single)
        .filter(Origin.InHeader.class::isInstance)
        .map(origin -> ((Origin.InHeader) origin).name())
        .collect(Collectors.toUnmodifiableSet());
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
    if (origin instanceof Origin.Joined joined) {
      return joined.parts().stream().map(part -> written(part)).toList().toString();
    }
    return origin instanceof Origin.RecordKey ? "record key" : "enqueued time";
  }

  public EventForm {
    tolerated = Set.copyOf(tolerated);
    timeFrom = List.copyOf(timeFrom);
  }
}
