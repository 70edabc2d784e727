package io.medallion.dashboard.web;

import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The parameters of a request: only those that are known, each once, each within its bounds. */
final class Query {

  private final Map<String, Deque<String>> values;

  /**
   * @param values as in the request, decoded
   * @throws BadRequest naming what is wrong
   */
  Query(Map<String, Deque<String>> values, Set<String> known) throws BadRequest {
    this.values = values;
    if (!known.containsAll(values.keySet())) {
      throw new BadRequest(
          known.isEmpty()
              ? "This takes no parameters."
              : "There is no such parameter; there are: "
                  + String.join(", ", known.stream().sorted().toList())
                  + ".");
    }
    for (Map.Entry<String, Deque<String>> value : values.entrySet()) {
      if (value.getValue().size() > 1) {
        throw new BadRequest("'" + value.getKey() + "' is there twice.");
      }
    }
  }

  Optional<String> text(String name, int mostCharacters) throws BadRequest {
    Optional<String> value = Optional.ofNullable(values.get(name)).map(Deque::getFirst);
    if (value.isPresent() && value.get().length() > mostCharacters) {
      throw new BadRequest("'" + name + "' is longer than " + mostCharacters + " characters.");
    }
    return value;
  }

  Optional<Long> number(String name, long least, long most) throws BadRequest {
    Deque<String> value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    try {
      long number = Long.parseLong(value.getFirst());
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
