package io.medallion.dashboard.web;

import io.medallion.dashboard.view.LateView;
import io.medallion.dashboard.view.QuarantineView;
import io.medallion.dashboard.view.RejectedEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Single events, rejected or late, as the API tells them. */
final class EventsJson {

  private EventsJson() {}

  record Quarantine(long counted, List<Reason> reasons) {}

  record Reason(String reason, long events, List<Sample> samples) {}

  record Sample(
      String detail,
      int partition,
      long offset,
      Instant enqueued,
      String key,
      long bytes,
      String encoding,
      String body) {}

  record Late(List<Event> events) {}

  record Event(
      String key, Instant eventTime, Instant windowStart, Instant windowEnd, long latenessMillis) {}

  static Quarantine quarantine(QuarantineView.Summary summary) {
    return new Quarantine(
        summary.counted(),
        summary.reasons().stream()
            .map(
                reason ->
                    new Reason(
                        reason.reason(),
                        reason.events(),
                        reason.samples().stream().map(EventsJson::sample).toList()))
            .toList());
  }

  private static Sample sample(RejectedEvent event) {
    return new Sample(
        event.detail(),
        event.partition(),
        event.offset(),
        time(event.enqueuedMicros()),
        event.key(),
        event.bytes(),
        event.isText() ? "utf-8" : "hex",
        event.body());
  }

  static Late late(LateView.Summary summary) {
    return new Late(
        summary.events().stream()
            .map(
                late ->
                    new Event(
                        late.key(),
                        time(late.eventTime()),
                        time(late.windowStart()),
                        time(late.windowEnd()),
                        late.latenessMillis()))
            .toList());
  }

  private static Instant time(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }
}
