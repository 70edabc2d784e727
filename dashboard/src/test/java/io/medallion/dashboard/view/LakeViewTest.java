package io.medallion.dashboard.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.medallion.dashboard.testing.TestLake;
import io.medallion.dashboard.testing.TestLake.Weather;
import io.medallion.delta.ForeignWriter;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.lake.Lake;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a lake while it is written to. */
class LakeViewTest {

  @TempDir private Path folder;
  private TestLake lake;
  private LakeView view;

  @BeforeEach
  void writeLake() throws Exception {
    lake = new TestLake(folder);
    lake.gold(
        List.of(
            Weather.of("a", TestLake.START),
            Weather.of("b", TestLake.START),
            Weather.of("a", TestLake.START + TestLake.WINDOW_SECONDS)));
    lake.events(100, 3);
    lake.rejected(RejectReason.INVALID_JSON, "no", "{".getBytes(StandardCharsets.UTF_8));
    view = LakeView.follow(Lake.at(folder.toString()), Duration.ofMillis(50));
    awaitRows("gold/weather_by_station", 3);
    await().until(() -> view.state().looked() && view.state().rowsLeft() == 0);
  }

  @AfterEach
  void close() {
    view.close();
  }

  @Test
  void theTablesAreCountedByTheirLogs() {
    assertThat(table("bronze").rows()).isEqualTo(101);
    assertThat(table("bronze").files()).isEqualTo(2);
    assertThat(table("bronze").recent()).containsExactly(0L, 0L, 100L, 1L);
    assertThat(table("late").rows()).isEqualTo(3);
    assertThat(view.late().events()).hasSize(3);
    assertThat(view.quarantine().reasons())
        .singleElement()
        .satisfies(reason -> assertThat(reason.samples().get(0).body()).isEqualTo("{"));
  }

  @Test
  void whatIsAddedIsAddedToWhatIsKnown() throws Exception {
    long next = TestLake.START + 2L * TestLake.WINDOW_SECONDS;
    lake.gold(List.of(new Weather("b", next, 33, "Hot")));
    awaitRows("gold/weather_by_station", 4);

    await().until(() -> current("b").reading().startSeconds() == next);
    assertThat(value("b", "temperature")).isEqualTo(33);
    assertThat(current("b").words()).contains("Hot");
    assertThat(points("b")).isEqualTo(2);
    assertThat(points("a")).isEqualTo(2);
  }

  @Test
  void afterCompactionEverythingIsAsBefore() throws Exception {
    long revision = view.gold().get(0).span().revision();
    new ForeignWriter(folder.resolve("gold/weather_by_station")).optimizeAndVacuum();
    await().until(() -> table("gold/weather_by_station").operation().equals("FOREIGN"));

    assertThat(table("gold/weather_by_station").rows()).isEqualTo(3);
    assertThat(points("a")).isEqualTo(2);
    assertThat(view.gold().get(0).span().revision()).isEqualTo(revision);
  }

  @Test
  void rowsThatWereRemovedAreForgotten() throws Exception {
    new ForeignWriter(folder.resolve("gold/weather_by_station")).deleteAll();
    awaitRows("gold/weather_by_station", 0);
    new ForeignWriter(folder.resolve("quarantine")).deleteAll();
    awaitRows("quarantine", 0);

    await().until(() -> view.gold().get(0).current().isEmpty());
    await().until(() -> view.quarantine().counted() == 0);
    assertThat(view.gold().get(1).current()).hasSize(1);
  }

  @Test
  void aTableThatCannotBeReadIsSaidAndTheOthersGoOn() throws Exception {
    new ForeignWriter(folder.resolve("silver")).commit(List.of("not JSON"));

    await().until(() -> table("silver").problem().isPresent());
    lake.gold(List.of(Weather.of("c", TestLake.START)));
    awaitRows("gold/weather_by_station", 4);
    assertThat(table("bronze").problem()).isEmpty();
  }

  @Test
  void keysThatThereIsNoMemoryForAreLeftOut() {
    MemoryBudget memory = new MemoryBudget(100);

    assertThat(memory.take(60)).isTrue();
    assertThat(memory.take(60)).isFalse();
    memory.give(60);
    assertThat(memory.take(100)).isTrue();
  }

  private TableState table(String name) {
    return view.state().tables().stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private void awaitRows(String name, long rows) {
    await().until(() -> table(name).present() && table(name).rows() == rows);
  }

  private double value(String key, String column) {
    return view.gold().get(0).columns().measures().stream()
        .filter(measure -> measure.column().equals(column))
        .findFirst()
        .orElseThrow()
        .of(current(key).reading());
  }

  private Current current(String station) {
    return view.gold().get(0).current().stream()
        .filter(named -> named.key().equals(station))
        .findFirst()
        .orElseThrow()
        .current();
  }

  private int points(String station) {
    return view.gold()
        .get(0)
        .part(station, TestLake.START, TestLake.START + 3_600, 720)
        .orElseThrow()
        .readings()
        .size();
  }
}
