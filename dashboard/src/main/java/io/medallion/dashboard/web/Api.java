package io.medallion.dashboard.web;

import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.LakeView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What can be asked of the lake; docs/dashboard.md describes it. An answer is made once for all who
 * ask the same until the data changes.
 */
final class Api {

  private static final int KEPT_ANSWERS = 128;
  private static final int MOST_POINTS = 2_000;
  private static final int USUAL_POINTS = 720;
  private static final int MOST_STATION_CHARACTERS = 1_000;
  private static final long LONGEST_RANGE = 31L * 24 * 3600;
  private static final long USUAL_RANGE = 3600;
  private static final long LATEST = 253_402_300_799L;

  private final String lake;
  private final LakeView view;
  private final Map<String, Kept> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Kept> eldest) {
          return size() > KEPT_ANSWERS;
        }
      };

  private record Kept(long revision, Reply reply) {}

  private record Range(long from, long to) {}

  /**
   * @param lake as people know it
   */
  Api(String lake, LakeView view) {
    this.lake = lake;
    this.view = view;
  }

  Reply state(String query) throws BadRequest {
    new Query(query, Set.of());
    return Reply.json(200, StateJson.write(lake, view.state()));
  }

  Reply stations(String query) throws BadRequest {
    new Query(query, Set.of());
    GoldView gold = view.gold();
    return once(
        "stations",
        gold.span().revision(),
        () -> Reply.json(200, WeatherJson.stations(gold.current(), gold.stations())));
  }

  Reply series(String raw) throws BadRequest {
    Query query = new Query(raw, Set.of("station", "range", "from", "to", "points"));
    Optional<String> station = query.text("station", MOST_STATION_CHARACTERS);
    int points = query.number("points", 10, MOST_POINTS).map(Long::intValue).orElse(USUAL_POINTS);
    GoldView.Span span = view.gold().span();
    Range range = range(query, span);
    return once(
        "series " + range + points + station,
        span.revision(),
        () ->
            view.gold()
                .part(station, range.from(), range.to(), points)
                .map(
                    part ->
                        Reply.json(
                            200, WeatherJson.series(station, range.from(), range.to(), part)))
                .orElseGet(() -> unknown(station)));
  }

  Reply rose(String raw) throws BadRequest {
    Query query = new Query(raw, Set.of("station", "range", "from", "to"));
    Optional<String> station = query.text("station", MOST_STATION_CHARACTERS);
    GoldView.Span span = view.gold().span();
    Range range = range(query, span);
    return once(
        "rose " + range + station,
        span.revision(),
        () ->
            view.gold()
                .rose(station, range.from(), range.to())
                .map(
                    rose ->
                        Reply.json(200, WeatherJson.rose(station, range.from(), range.to(), rose)))
                .orElseGet(() -> unknown(station)));
  }

  Reply quarantine(String query) throws BadRequest {
    new Query(query, Set.of());
    return once(
        "quarantine",
        view.state().quarantineRevision(),
        () -> Reply.json(200, EventsJson.quarantine(view.quarantine())));
  }

  Reply late(String query) throws BadRequest {
    new Query(query, Set.of());
    return once(
        "late", view.state().lateRevision(), () -> Reply.json(200, EventsJson.late(view.late())));
  }

  /** Either from and to, or so many seconds up to the end of the newest window. */
  private static Range range(Query query, GoldView.Span span) throws BadRequest {
    Optional<Long> from = query.number("from", 0, LATEST);
    Optional<Long> to = query.number("to", 0, LATEST);
    Optional<Long> range = query.number("range", 1, LONGEST_RANGE);
    if (from.isPresent() != to.isPresent() || (from.isPresent() && range.isPresent())) {
      throw new BadRequest("Give 'range', or 'from' and 'to'.");
    }
    if (from.isEmpty()) {
      long end = span.newestEnd();
      return new Range(end - range.orElse(USUAL_RANGE), end);
    }
    if (to.get() <= from.get() || to.get() - from.get() > LONGEST_RANGE) {
      throw new BadRequest("'to' must be after 'from', by 31 days at most.");
    }
    return new Range(from.get(), to.get());
  }

  private static Reply unknown(Optional<String> station) {
    return Reply.problem(
        404,
        station.isPresent()
            ? "There is no window of that station; /api/v1/stations lists them."
            : "There is no closed window yet.");
  }

  private Reply once(String question, long revision, Supplier<Reply> answer) {
    synchronized (kept) {
      Kept before = kept.get(question);
      if (before != null && before.revision() == revision) {
        return before.reply();
      }
    }
    Reply reply = answer.get();
    synchronized (kept) {
      kept.put(question, new Kept(revision, reply));
    }
    return reply;
  }
}
