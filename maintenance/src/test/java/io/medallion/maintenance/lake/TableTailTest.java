package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.delta.kernel.defaults.engine.DefaultEngine;
import io.medallion.contract.ContractReader;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DirectSink;
import io.medallion.delta.ForeignWriter;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.gold.GoldState;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.maintenance.lake.TableTail.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A gold table that is followed. Versions 0 and 1 are the table's creation and its becoming the
 * sink's; each further one has one window of one station.
 */
class TableTailTest {

  @TempDir private Path folder;

  private final CountedEngine engine = new CountedEngine(DefaultEngine.create(new Configuration()));
  private final MovableClock clock = new MovableClock();
  private DirectSink sink;
  private TableTail tail;
  private long windows;

  @Test
  void aTableThatIsNotThereIsSaidOnceAndThenAwaited() throws Exception {
    follow();

    assertThat(tail.poll()).get().isInstanceOf(Change.Absent.class);
    assertThat(tail.poll()).isEmpty();
    commit(1);
    assertThat(content(tail.poll()).version()).isEqualTo(2);
  }

  @Test
  void aLookWithNothingNewIsOneRequestAndReadsNothing() throws Exception {
    commit(30);
    opened();

    assertThat(tail.poll()).isEmpty();

    assertThat(engine.operations()).containsExactly("getFileStatus");
  }

  @Test
  void aCommitIsReadFromItsOwnFileHoweverLongTheLog() throws Exception {
    commit(30);
    opened();
    commit(1);

    Change.Appended appended = (Change.Appended) tail.poll().orElseThrow();

    assertThat(engine.operations()).containsExactly("getFileStatus", "readJsonFiles");
    assertThat(appended.commit().rows()).isEqualTo(1);
    assertThat(appended.commit().operation()).isEqualTo("STREAMING UPDATE");
    assertThat(stations(appended.table(), appended.commit().added())).containsExactly("st-31");
    assertThat(tail.poll()).isEmpty();
  }

  @Test
  void commitsThatCameTogetherAreReadOneByOne() throws Exception {
    commit(1);
    opened();
    commit(2);

    assertThat(((Change.Appended) tail.poll().orElseThrow()).commit().version()).isEqualTo(3);
    assertThat(((Change.Appended) tail.poll().orElseThrow()).commit().version()).isEqualTo(4);
    assertThat(tail.poll()).isEmpty();
  }

  @Test
  void afterCompactionTheFilesAreOthersAndTheRowsTheSame() throws Exception {
    commit(3);
    opened();
    new ForeignWriter(table()).optimizeAndVacuum();

    Change.Content change = (Change.Content) tail.poll().orElseThrow();

    assertThat(change.sameRows()).isTrue();
    assertThat(files(change.table()))
        .hasSize(3)
        .allMatch(file -> file.path().contains("optimized"));
  }

  @Test
  void afterCompactionAndACommitThatWereNotSeenApartTheRowsAreReadAnew() throws Exception {
    commit(3);
    opened();
    new ForeignWriter(table()).optimizeAndVacuum();
    new ForeignWriter(table()).deleteAll();

    assertThat(((Change.Content) tail.poll().orElseThrow()).sameRows()).isFalse();
  }

  @Test
  void afterRowsWereRemovedTheTableIsReadAnew() throws Exception {
    commit(3);
    opened();
    new ForeignWriter(table()).deleteAll();

    Change.Content change = (Change.Content) tail.poll().orElseThrow();

    assertThat(change.sameRows()).isFalse();
    assertThat(files(change.table())).isEmpty();
  }

  @Test
  void aLogWhoseNextCommitWasCleanedUpIsFoundAtTheNextCheck() throws Exception {
    commit(3);
    opened();
    commit(3);
    new DeltaTable(uri()).writeCheckpoint();
    for (long version = 0; version < 7; version++) {
      Files.delete(new ForeignWriter(table()).logEntry(version));
    }

    assertThat(tail.poll()).isEmpty();
    clock.now = clock.now.plusSeconds(31);

    assertThat(content(tail.poll()).version()).isEqualTo(7);
  }

  @Test
  void aTableThatWasMadeAnewIsFoundAtTheNextCheck() throws Exception {
    commit(3);
    opened();
    delete(table());
    sink = null;
    commit(1);

    assertThat(tail.poll()).isEmpty();
    clock.now = clock.now.plusSeconds(31);

    assertThat(content(tail.poll()).version()).isEqualTo(2);
  }

  @Test
  void aCommitDuringTheCheckIsAppendedByTheNextLook() throws Exception {
    commit(3);
    opened();
    clock.now = clock.now.plusSeconds(31);
    engine.afterTheNext(() -> assertThatCode(() -> commit(1)).doesNotThrowAnyException());

    assertThat(tail.poll()).isEmpty();

    assertThat(((Change.Appended) tail.poll().orElseThrow()).commit().version()).isEqualTo(5);
  }

  private void follow() {
    tail = new TableTail(engine, uri(), clock);
  }

  private void opened() {
    follow();
    assertThat(tail.poll()).get().isInstanceOf(Change.Content.class);
    engine.operations();
  }

  /** As {@link Lake} names it: without escapes. */
  private String uri() {
    return "file://" + table();
  }

  private Path table() {
    return folder.resolve("a table");
  }

  private static TableContent content(Optional<Change> change) {
    return ((Change.Content) change.orElseThrow()).table();
  }

  private static List<DataFile> files(TableContent table) {
    List<DataFile> files = new ArrayList<>();
    table.forEachFile(files::add);
    return files;
  }

  private static List<String> stations(TableContent table, List<DataFile> files) {
    List<String> stations = new ArrayList<>();
    table.read(files, List.of("stationId"), row -> stations.add(row.text(0)));
    return stations;
  }

  private void commit(int times) throws Exception {
    if (sink == null) {
      sink = new DirectSink(uri(), GoldTableEncoder.table(ContractReader.standard(), 0).name());
    }
    for (int i = 0; i < times; i++) {
      windows++;
      WindowAggregate window = new WindowAggregate();
      window.stationId = "st-" + windows;
      window.windowStart = windows * 1000;
      window.windowEnd = windows * 1000 + 999;
      window.eventCount = 1;
      window.conditions.put("Clear", 1L);
      sink.write(
          DeltaSink.<GoldState>builder()
              .rowType(GoldTableEncoder.table(ContractReader.standard(), 0).rowType())
              .encoder(GoldTableEncoder.table(ContractReader.standard(), 0).encoder()),
          List.of(window));
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static final class MovableClock extends Clock {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
