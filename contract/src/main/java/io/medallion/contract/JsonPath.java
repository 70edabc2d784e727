package io.medallion.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a value is in an event: the names of nested objects' members, from the outermost, or the
 * places of arrays' elements, from 0 on, or {@linkplain ElementName one of their values}.
 *
 * <p>Written as a JSON pointer (RFC 6901), {@code /main/temp}, or as a single name without a slash.
 *
 * @param names at least one
 */
public record JsonPath(List<String> names) {

  static final String ALLOWED =
      "a name, or a JSON pointer as '/main/temp' or '/values/[name=temp]/value'";

  /** As many objects within each other as an event may have, at most. */
  static final int MAX_DEPTH = 16;

  /** Bytes of UTF-8 of a name in an event, at most. */
  public static final int MAX_NAME_LENGTH = 512;

  public JsonPath {
    names = List.copyOf(names);
  }

  /** Reads a pointer or a name; empty if it is neither. */
  static Optional<JsonPath> parse(String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    if (!UTF_8.newEncoder().canEncode(text) || text.getBytes(UTF_8).length > MAX_NAME_LENGTH) {
      return Optional.empty();
    }
    if (!text.startsWith("/")) {
      return Optional.of(new JsonPath(List.of(text)));
    }
    List<String> names = new ArrayList<>();
    for (String part : text.substring(1).split("/", -1)) {
      if (part.matches("(?s).*~(?![01]).*")) {
        return Optional.empty();
      }
      names.add(part.replace("~1", "/").replace("~0", "~"));
    }
    if (names.stream()
        .anyMatch(name -> ElementName.isBracketed(name) && ElementName.parse(name).isEmpty())) {
      return Optional.empty();
    }
    return names.size() > MAX_DEPTH ? Optional.empty() : Optional.of(new JsonPath(names));
  }

  /** This path below another one. */
  JsonPath below(JsonPath outer) {
    List<String> all = new ArrayList<>(outer.names);
    all.addAll(names);
    return new JsonPath(all);
  }

  /** Whether the other path leads through the value that this one leads to, or to it. */
  public boolean isPrefixOf(JsonPath other) {
    return other.names.size() >= names.size() && other.names.subList(0, names.size()).equals(names);
  }

  /** A single name as it is, else the pointer. */
  @Override
  public String toString() {
    if (names.size() == 1 && !names.get(0).startsWith("/")) {
      return names.get(0);
    }
    return pointer();
  }

  /** The JSON pointer, also of a single name. */
  public String pointer() {
    StringBuilder pointer = new StringBuilder();
    names.forEach(name -> pointer.append('/').append(name.replace("~", "~0").replace("/", "~1")));
    return pointer.toString();
  }
}
