package io.medallion.dashboard.web;

import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.LakeView;
import java.util.Deque;
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
  private static final int MOST_NAME_CHARACTERS = 1_000;
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

  Reply state(Map<String, Deque<String>> query) throws BadRequest {
    new Query(query, Set.of());
    return Reply.json(StateJson.of(lake, view.state()));
  }

  Reply contract(Map<String, Deque<String>> query) throws BadRequest {
    new Query(query, Set.of());
    LakeView.State state = view.state();
    return Reply.json(GoldJson.contract(view.contract(), state.generation(), state.gold()));
  }

  Reply keys(Map<String, Deque<String>> raw) throws BadRequest {
    Query query = new Query(raw, Set.of("table"));
    GoldView gold = table(query);
    return once(
        "keys " + gold.columns().table().name(),
        gold.span().revision(),
        () -> Reply.json(GoldJson.keys(gold.columns(), gold.current())));
  }

  Reply series(Map<String, Deque<String>> raw) throws BadRequest {
    Query query = new Query(raw, Set.of("table", "key", "range", "from", "to", "points"));
    GoldView gold = table(query);
    String key = query.text("key", MOST_NAME_CHARACTERS).orElse("");
    int points = query.number("points", 10, MOST_POINTS).map(Long::intValue).orElse(USUAL_POINTS);
    GoldView.Span span = gold.span();
    Range range = range(query, span);
    return once(
        "series " + gold.columns().table().name() + range + points + key,
        span.revision(),
        () ->
            gold.part(key, range.from(), range.to(), points)
                .map(part -> GoldJson.series(gold.columns(), key, range.from(), range.to(), part))
                .map(Reply::json)
                .orElseGet(Api::unknown));
  }

  Reply rose(Map<String, Deque<String>> raw) throws BadRequest {
    Query query = new Query(raw, Set.of("table", "key", "range", "from", "to"));
    GoldView gold = table(query);
    Optional<String> key = query.text("key", MOST_NAME_CHARACTERS);
    GoldView.Span span = gold.span();
    Range range = range(query, span);
    return once(
        "rose " + gold.columns().table().name() + range + key,
        span.revision(),
        () ->
            gold.rose(key, range.from(), range.to())
                .map(rose -> GoldJson.rose(gold.columns(), key, range.from(), range.to(), rose))
                .map(Reply::json)
                .orElseGet(Api::unknown));
  }

  /** The one that is named, or the contract's first. */
  private GoldView table(Query query) throws BadRequest {
    Optional<String> name = query.text("table", MOST_NAME_CHARACTERS);
    return view.gold().stream()
        .filter(table -> name.isEmpty() || table.columns().table().name().equals(name.get()))
        .findFirst()
        .orElseThrow(() -> new BadRequest("There is no such table; /api/v2/contract lists them."));
  }

  Reply quarantine(Map<String, Deque<String>> query) throws BadRequest {
    new Query(query, Set.of());
    return once(
        "quarantine", view.state().quarantineRevision(), () -> Reply.json(view.quarantine()));
  }

  Reply late(Map<String, Deque<String>> query) throws BadRequest {
    new Query(query, Set.of());
    return once("late", view.state().lateRevision(), () -> Reply.json(view.late()));
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

  private static Reply unknown() {
    return Reply.problem(404, "There is no window of that key; /api/v2/keys lists them.");
  }

  private Reply once(String about, long revision, Supplier<Reply> answer) {
    String question = view.state().generation() + " " + about;
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
