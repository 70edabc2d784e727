package io.medallion.dashboard.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.medallion.dashboard.view.GoldView;
import io.medallion.dashboard.view.LakeView;
import io.medallion.dashboard.view.TableState;
import java.time.Instant;
import java.util.List;

/** The state of all tables, as {@code /api/v2/state} and the event stream tell it. */
record StateJson(
    String lake,
    String phase,
    int contractGeneration,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double read,
    List<Table> tables,
    Gold gold,
    long quarantineRevision,
    long lateRevision) {

  /**
   * @param content null if there is no such table
   */
  record Table(
      String name,
      boolean present,
      @JsonUnwrapped Content content,
      @JsonInclude(JsonInclude.Include.NON_NULL) String problem) {}

  record Content(
      long version,
      long files,
      long rows,
      long bytes,
      double rowsPerSecond,
      Instant committed,
      String operation,
      List<Long> recentRows) {}

  record Gold(long revision, List<GoldTable> tables) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record GoldTable(
      String name,
      long windowSeconds,
      int keys,
      long windowsLeftOut,
      Instant oldest,
      Instant newest) {}

  static StateJson of(String lake, LakeView.State state) {
    return new StateJson(
        lake,
        phase(state),
        state.generation(),
        state.rowsLeft() > 0
            ? 1 - (double) state.rowsLeft() / Math.max(1, state.rowsToRead())
            : null,
        state.tables().stream().map(StateJson::table).toList(),
        new Gold(state.goldRevision(), state.gold().stream().map(StateJson::gold).toList()),
        state.quarantineRevision(),
        state.lateRevision());
  }

  private static String phase(LakeView.State state) {
    if (!state.looked() || state.rowsLeft() > 0) {
      return "reading";
    }
    return state.tables().stream().anyMatch(TableState::present) ? "ready" : "waiting";
  }

  private static Table table(TableState table) {
    Content content =
        new Content(
            table.version(),
            table.files(),
            table.rows(),
            table.bytes(),
            table.rowsPerSecond(),
            table.committed().orElse(null),
            table.operation(),
            table.recent());
    return new Table(
        table.name(),
        table.present(),
        table.present() ? content : null,
        table.problem().orElse(null));
  }

  private static GoldTable gold(GoldView table) {
    GoldView.Span span = table.span();
    boolean any = span.newestEnd() > 0;
    return new GoldTable(
        table.columns().table().name(),
        span.windowSeconds(),
        table.keyCount(),
        span.windowsLeftOut(),
        any ? Instant.ofEpochSecond(span.oldestStart()) : null,
        any ? Instant.ofEpochSecond(span.newestEnd()) : null);
  }
}
