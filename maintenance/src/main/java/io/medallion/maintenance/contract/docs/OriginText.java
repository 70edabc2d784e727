package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.EventForm;
import io.medallion.contract.Origin;
import io.medallion.contract.TimeFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where key, time and id of an event come from, in words. */
final class OriginText {

  private static final String OR = " or ";

  private final EventForm event;

  OriginText(EventForm event) {
    this.event = event;
  }

  String list(String keyColumn) {
    String id =
        event.id().from().isEmpty()
            ? "Events have no **id**: none is taken for a [copy](guarantees.md#copies)."
            : "The **id**, `eventId`, tells [copies](guarantees.md#copies). It is %s; an event may have none."
                .formatted(inOrder(event.id().from(), List.of()));
    return """
        - The **key**, %s, is %s.
        - The **time**, `eventTime`, is %s.
        - %s"""
        .formatted(
            code(keyColumn),
            inOrder(event.key().from(), List.of(code(event.key().otherwise()))),
            inOrder(
                event.timeFrom().stream()
                    .filter(origin -> !(origin instanceof Origin.EnqueuedTime))
                    .toList(),
                List.of("the time at which the broker took the event")),
            id);
  }

  private String inOrder(List<Origin> origins, List<String> last) {
    List<String> words = new ArrayList<>();
    origins.forEach(origin -> words.add(words(origin)));
    words.addAll(last);
    return String.join(", else ", words);
  }

  private String words(Origin origin) {
    if (origin instanceof Origin.Joined joined) {
      return joined.parts().stream()
          .map(this::words)
          .collect(Collectors.joining(" and ", "", ", joined by " + code(event.key().join())));
    }
    if (origin instanceof Origin.InField field) {
      return "the field " + code(event.written(field.path()));
    }
    if (origin instanceof Origin.InHeader header) {
      return "the record's header " + code(header.name());
    }
    return origin instanceof Origin.RecordKey
        ? "the record's key"
        : "the time at which the broker took the event";
  }

  String keyType() {
    return event.key().acceptsNumber() ? "string or whole number" : "string";
  }

  String idType() {
    return event.id().acceptsNumber() ? "string or whole number" : "string";
  }

  String timeType() {
    return type(event.timeFormat());
  }

  String timeFormat() {
    return words(event.timeFormat(), event);
  }

  static String type(TimeFormat format) {
    Stream<String> text = format.allowsText() ? Stream.of("string") : Stream.empty();
    String numbers = format.allowsDecimals() ? "number" : "whole number";
    Stream<String> number = format.epoch().stream().map(unit -> numbers);
    String type = String.join(OR, Stream.concat(text, number).toList());
    return format.acceptsText() ? type + ", also in quotes" : type;
  }

  static String words(TimeFormat format, EventForm event) {
    String zone =
        event
            .timeZone()
            .map(offset -> " with `Z` or an offset, else of the zone `%s`".formatted(offset))
            .orElse(" with `Z` or an offset");
    if (format.pattern().isPresent()) {
      return "of the pattern %s of Java's `DateTimeFormatter`, in %s"
          .formatted(
              code(format.pattern().get().toString()),
              event.timeZone().map(offset -> "the zone `%s`".formatted(offset)).orElse("its zone"));
    }
    String iso = format.isLenient() ? "ISO-8601 or much like it," : "ISO-8601";
    Stream<String> text = format.allowsIso() ? Stream.of(iso + zone) : Stream.empty();
    String whole = format.allowsDecimals() ? "" : "whole ";
    Stream<String> number = format.epoch().stream().map(unit -> whole + since(unit));
    return String.join(", or ", Stream.concat(text, number).toList());
  }

  private static String since(TimeFormat.Epoch unit) {
    return unit.unit().replace("epoch ", "") + " since 1970 UTC";
  }
}
