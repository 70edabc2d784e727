package io.medallion.job.source;

import io.medallion.job.decode.SafeText;
import io.medallion.job.event.EventRecord;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names of fields that the contract does not know, the first {@value #MOST} of them, each with
 * the place where a subtask saw it first. Each is one line in the log.
 */
final class FieldNames {

  private static final Logger LOG = LoggerFactory.getLogger(FieldNames.class);
  private static final int MOST = EventRecord.MOST_UNKNOWN;

  private final Map<String, String> firstPlaces =
      Collections.synchronizedMap(new LinkedHashMap<>());

  void add(EventRecord event) {
    for (String field : event.unknownFields) {
      if (firstPlaces.size() < MOST && !firstPlaces.containsKey(field)) {
        String place = "partition %d, offset %d".formatted(event.partition, event.offset);
        firstPlaces.put(field, place);
        LOG.info(
            "Events have a field {} that the contract does not know; first at {}{}",
            shown(field),
            place,
            firstPlaces.size() == MOST ? ". Further names are not told" : "");
      }
    }
  }

  int count() {
    return firstPlaces.size();
  }

  /** All names with their first places, for people; none is a text of its own. */
  @Override
  public String toString() {
    synchronized (firstPlaces) {
      return firstPlaces.isEmpty()
          ? "none"
          : firstPlaces.entrySet().stream()
              .map(field -> "%s (first at %s)".formatted(shown(field.getKey()), field.getValue()))
              .collect(Collectors.joining(", "));
    }
  }

  private static String shown(String field) {
    return SafeText.quote(field);
  }
}
