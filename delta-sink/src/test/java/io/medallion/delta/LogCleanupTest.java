package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log is kept for its retention and not longer. Version 0 makes the table, 1 its owner known,
 * each later one is a commit of ten numbers; log checkpoints are of the versions 5, 10, 15 …
 */
class LogCleanupTest {

  private static final String RETENTION = "delta.logRetentionDuration";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  @TempDir Path folder;
  private Numbers numbers;
  private SinkSimulation job;
  private Path log;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    numbers = new Numbers(name, folder);
    log = folder.resolve(name).resolve("_delta_log");
    job = new SinkSimulation(sink(), 1);
  }

  @AfterEach
  void stop() {
    job.close();
  }

  private DeltaSink<Long> sink() {
    return builder().build();
  }

  private DeltaSinkBuilder<Long> builder() {
    return numbers.builder().tableProperty("delta.checkpointInterval", "5");
  }

  @Test
  void onlyWhatIsOlderThanTheRetentionAndSuperfluousIsRemoved() throws Exception {
    commitUpTo(17);
    // Version 12 is a day older than the retention: the log checkpoint of version 10 serves it.
    age(version -> NOW.minus(DAY.multipliedBy(31 + 12 - version)));
    assertThat(cleanup(NOW).run(numbers.table().snapshot())).isEqualTo(10 + 10 + 1);
    assertThat(versions("json")).isEqualTo(IntStream.rangeClosed(10, 17).boxed().toList());
    assertThat(versions("crc")).doesNotContain(9).contains(10);
    assertThat(versions("checkpoint.parquet")).containsExactly(10, 15);
    numbers.assertHoldsNumbersBelow(16 * 10);
    for (long version = 10; version <= 17; version++) {
      assertThat(numbers.table().snapshot(version).getVersion()).isEqualTo(version);
    }
  }

  @Test
  void withoutALogCheckpointOlderThanTheRetentionNothingIsRemoved() throws Exception {
    commitUpTo(7);
    age(version -> version == 5 ? NOW : NOW.minus(DAY.multipliedBy(1000)));
    assertThat(cleanup(NOW).run(numbers.table().snapshot())).isZero();
  }

  @Test
  void whatIsLeftHasNoGapEvenIfAnOldEntryLooksYoung() throws Exception {
    commitUpTo(11);
    age(version -> version == 4 ? NOW : NOW.minus(DAY.multipliedBy(1000)));
    cleanup(NOW).run(numbers.table().snapshot());
    assertThat(versions("json")).isEqualTo(IntStream.rangeClosed(4, 11).boxed().toList());
  }

  @Test
  void theLogIsListedOnceAnHourAtMost() throws Exception {
    commitUpTo(6);
    age(version -> NOW);
    SteppingClock clock = new SteppingClock();
    LogCleanup cleanup = new LogCleanup(sink().table(), clock);
    clock.now = NOW;
    cleanup.run(numbers.table().snapshot());
    age(version -> NOW.minus(DAY.multipliedBy(1000)));
    clock.now = NOW.plus(Duration.ofMinutes(59));
    assertThat(cleanup.run(numbers.table().snapshot())).isZero();
    clock.now = NOW.plus(Duration.ofMinutes(60));
    assertThat(cleanup.run(numbers.table().snapshot())).isPositive();
  }

  @Test
  void theTableMayForbidIt() throws Exception {
    job.close();
    ForeignWriter foreign = new ForeignWriter(log.getParent());
    foreign.changeMetadata(
        metadata -> {
          metadata.withObject("/configuration").put("delta.enableExpiredLogCleanup", "false");
          return metadata;
        });
    job.failover();
    commitUpTo(8);
    age(version -> NOW.minus(DAY.multipliedBy(1000)));
    assertThat(cleanup(NOW).run(numbers.table().snapshot())).isZero();
  }

  @Test
  void theRetentionIsThirtyDaysUnlessTheJobOrTheTableSaysOtherwise() throws Exception {
    assertThat(retention(numbers)).isEqualTo("interval 30 days");
    Numbers other = new Numbers("other", folder);
    new SinkSimulation(other.builder().tableProperty(RETENTION, "interval 7 days").build(), 1)
        .close();
    assertThat(retention(other)).isEqualTo("interval 7 days");
    new SinkSimulation(
            other
                .builder()
                .onRewind(RewindPolicy.APPEND)
                .tableProperty(RETENTION, "interval 1 days")
                .build(),
            1)
        .close();
    assertThat(retention(other)).as("an existing table's is left alone").endsWith("7 days");
  }

  @Test
  void aRunningJobCleansUpAndASavepointThatIsTooOldIsRefused() throws Exception {
    commitUpTo(3);
    Checkpoint old = job.completed();
    commitUpTo(12);
    job.failover(); // Log maintenance has come to its end.
    age(version -> Instant.now().minus(DAY.multipliedBy(31)));
    commitUpTo(15);
    job.failover();
    assertThat(versions("json")).isEqualTo(IntStream.rangeClosed(10, 15).boxed().toList());
    numbers.assertHoldsNumbersBelow(14 * 10);
    assertThatThrownBy(
            () -> job.resubmit(builder().onRewind(RewindPolicy.ROLLBACK).build(), 1, old))
        .hasStackTraceContaining("can't be rolled back: its log was cleaned below version 10")
        .hasStackTraceContaining("Restore the job from a newer checkpoint or savepoint");
    numbers.assertHoldsNumbersBelow(14 * 10);
  }

  @Test
  void aFailedCleanUpDoesNotFailTheJobAndLeavesAWholeTable() throws Exception {
    commitUpTo(12);
    job.failover();
    age(version -> Instant.now().minus(DAY.multipliedBy(31)));
    numbers
        .faults()
        .includingBackground()
        .failNext(
            1,
            Moment.BEFORE,
            operation ->
                operation.kind().equals("delete")
                    && operation.path().getName().equals("%020d.json".formatted(7)));
    commitUpTo(15);
    job.failover();
    assertThat(numbers.faults().failed()).isEqualTo(1);
    assertThat(versions("json")).isEqualTo(IntStream.rangeClosed(7, 15).boxed().toList());
    numbers.assertHoldsNumbersBelow(14 * 10);
  }

  @Test
  void aFileThatStorageDoesNotDeleteEndsTheCleanUp() throws Exception {
    commitUpTo(12);
    age(version -> NOW.minus(DAY.multipliedBy(1000)));
    numbers.faults().deleteNothing();

    assertThatThrownBy(() -> cleanup(NOW).run(numbers.table().snapshot()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("was not deleted");
  }

  private void commitUpTo(long version) throws Exception {
    while (numbers.table().version() < version) {
      job.write(10);
      job.checkpoint();
    }
    job.failover(); // Waits until log maintenance has done what it was given.
  }

  private LogCleanup cleanup(Instant now) {
    return new LogCleanup(sink().table(), Clock.fixed(now, ZoneOffset.UTC));
  }

  /** Sets the files' times. */
  private void age(IntFunction<Instant> timeOfVersion) throws IOException {
    for (Path file : logFiles()) {
      Files.setLastModifiedTime(file, FileTime.from(timeOfVersion.apply(version(file))));
    }
  }

  private List<Integer> versions(String suffix) throws IOException {
    return logFiles().stream()
        .filter(file -> suffixIs(file, suffix))
        .map(LogCleanupTest::version)
        .sorted()
        .toList();
  }

  private static boolean suffixIs(Path file, String suffix) {
    return file.getFileName().toString().substring(20).equals("." + suffix);
  }

  private List<Path> logFiles() throws IOException {
    try (Stream<Path> files = Files.list(log)) {
      return files.filter(file -> file.getFileName().toString().matches("\\d{20}\\..*")).toList();
    }
  }

  private static int version(Path file) {
    return Integer.parseInt(file.getFileName().toString().substring(0, 20));
  }

  private static String retention(Numbers numbers) {
    return numbers.table().snapshot().getTableProperties().get(RETENTION);
  }

  private static final class SteppingClock extends Clock {
    private Instant now;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
