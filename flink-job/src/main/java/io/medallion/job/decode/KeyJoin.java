package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Joins keys of their parts. Two keys of one origin are the same only if all of their parts are, as
 * no part has the character that is between them.
 */
final class KeyJoin {

  private final EventForm.Key key;

  /** The numbers of the parts that are in bodies. */
  private final Map<Origin, Integer> inBody = new HashMap<>();

  KeyJoin(EventForm.Key key) {
    this.key = key;
    partsInBody(key).forEach(path -> inBody.put(new Origin.InField(path), inBody.size()));
  }

  /** The places of the parts that are in bodies, in the order of their numbers. */
  static List<JsonPath> partsInBody(EventForm.Key key) {
    return key.from().stream()
        .filter(Origin.Joined.class::isInstance)
        .flatMap(Origin::single)
        .filter(Origin.InField.class::isInstance)
        .map(origin -> ((Origin.InField) origin).path())
        .distinct()
        .toList();
  }

  /**
   * The key of these parts; null if one of them is not there, or the event is rejected for one.
   *
   * @param outside a part that is not in the body, or null
   */
  Text join(Origin.Joined joined, EventRecord record, Function<Origin, Text> outside) {
    List<String> parts = new ArrayList<>();
    for (Origin origin : joined.parts()) {
      Text part =
          origin instanceof Origin.InField
              ? record.keyPart(inBody.get(origin))
              : outside.apply(origin);
      if (part == null || part.value.isEmpty()) {
        return null;
      }
      parts.add(part.value);
    }
    for (String part : parts) {
      if (part.contains(key.join())) {
        record.reject(
            RejectReason.INVALID_TEXT,
            "%s, a part of %s, has the character '%s' that joins them"
                .formatted(SafeText.quote(part), key.column(), key.join()));
        return null;
      }
    }
    String text = String.join(key.join(), parts);
    if (text.length() > EventLimits.TEXT_LENGTH) {
      record.reject(
          RejectReason.INVALID_TEXT,
          "%s has %d characters when it is joined, at most %d are allowed"
              .formatted(key.column(), text.length(), EventLimits.TEXT_LENGTH));
      return null;
    }
    return new Text(text);
  }
}
