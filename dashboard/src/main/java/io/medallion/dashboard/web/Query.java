package io.medallion.dashboard.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request: only those that are known, each once, each within its bounds. */
final class Query {

  private static final int MOST_CHARACTERS = 2_000;

  private final Map<String, String> values = new HashMap<>();

  /**
   * @param raw as in the request; null for none
   * @throws BadRequest naming what is wrong
   */
  Query(String raw, Set<String> known) throws BadRequest {
    if (raw == null || raw.isEmpty()) {
      return;
    }
    if (raw.length() > MOST_CHARACTERS) {
      throw new BadRequest("The query is longer than " + MOST_CHARACTERS + " characters.");
    }
    for (String part : raw.split("&", -1)) {
      int equals = part.indexOf('=');
      String name = decode(equals < 0 ? part : part.substring(0, equals));
      String value = equals < 0 ? "" : decode(part.substring(equals + 1));
      if (!known.contains(name)) {
        throw new BadRequest(
            known.isEmpty()
                ? "This takes no parameters."
                : "There is no such parameter; there are: "
                    + String.join(", ", known.stream().sorted().toList())
                    + ".");
      }
      if (values.put(name, value) != null) {
        throw new BadRequest("'" + name + "' is there twice.");
      }
    }
  }

  private static String decode(String text) throws BadRequest {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new BadRequest("The query is not percent-encoded UTF-8.", e);
    }
  }

  Optional<String> text(String name, int mostCharacters) throws BadRequest {
    String value = values.get(name);
    if (value != null && value.length() > mostCharacters) {
      throw new BadRequest("'" + name + "' is longer than " + mostCharacters + " characters.");
    }
    return Optional.ofNullable(value);
  }

  Optional<Long> number(String name, long least, long most) throws BadRequest {
    String value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value);
      if (number >= least && number <= most) {
        return Optional.of(number);
      }
    } catch (NumberFormatException notOne) {
      throw new BadRequest(range(name, least, most), notOne);
    }
    throw new BadRequest(range(name, least, most));
  }

  private static String range(String name, long least, long most) {
    return "'%s' must be a whole number from %d to %d.".formatted(name, least, most);
  }
}
