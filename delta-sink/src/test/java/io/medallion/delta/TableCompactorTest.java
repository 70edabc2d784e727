package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.delta.SinkFiles.Fate;
import io.medallion.delta.fault.FaultFileSystem;
import io.medallion.delta.fault.FaultPlan.Action;
import io.medallion.delta.fault.FaultPlan.Moment;
import io.medallion.delta.fault.FaultPlan.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A job that merges the small files of its own table, of which each partition is to have 8 at most:
 * so 5 are merged, when the test begins three of each of two partitions are there.
 */
class TableCompactorTest {

  private static final Duration AN_HOUR = Duration.ofHours(1);

  @TempDir private Path folder;
  private Path table;
  private Numbers numbers;
  private CompactedJob job;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    start(test.getTestMethod().orElseThrow().getName());
  }

  private void start(String name) throws Exception {
    table = folder.resolve(name);
    numbers = new Numbers(name, folder);
    job = new CompactedJob(sink());
    for (int i = 0; i < 3; i++) {
      job.commit(2);
      job.merge();
      job.pass(Duration.ofSeconds(10));
    }
  }

  private DeltaSink<Long> sink() {
    return numbers.builder().compaction(8, MemorySize.ofMebiBytes(1)).build();
  }

  @AfterEach
  void stop() {
    job.close();
  }

  /** Commits until a merge is due. */
  private void fill() throws Exception {
    job.commit(2);
    assertThat(job.merge()).isFalse();
    job.commit(2);
  }

  @Test
  void aPartitionThatGetsManySmallFilesGetsOneOutOfThemInACommitThatChangesNoRow()
      throws Exception {
    fill();
    assertThat(job.gauge("liveFiles")).isEqualTo(10);
    assertThat(job.gauge("smallFiles")).isEqualTo(5);

    assertThat(job.merge()).isTrue();

    numbers.assertHoldsNumbersBelow(10);
    assertThat(numbers.table().files()).hasSize(6);
    List<JsonNode> actions = new ForeignWriter(table).actions(numbers.table().version());
    assertThat(actions.get(0).at("/commitInfo/operation").asText()).isEqualTo("OPTIMIZE");
    assertThat(actions)
        .filteredOn(action -> !action.has("commitInfo"))
        .hasSize(6)
        .noneMatch(action -> action.findValue("dataChange").asBoolean());
    assertThat(job.counter("numCompactions")).isEqualTo(1);
    assertThat(job.gauge("liveFiles")).isEqualTo(6);
    assertThat(job.gauge("smallFiles")).as("of the other partition").isEqualTo(5);
  }

  @Test
  void aPartitionAfterTheOtherIsMergedAndTheCommitsGoOnWithoutARetry() throws Exception {
    fill();
    job.merge();
    job.commit(2);
    assertThat(job.merge()).isTrue();
    job.commit(2);
    assertThat(job.merge()).isFalse();

    numbers.assertHoldsNumbersBelow(14);
    assertThat(job.counter("numCompactions")).isEqualTo(2);
    assertThat(job.counter("numCommitRetries")).isZero();
    assertThat(job.gauge("liveFiles")).isEqualTo(numbers.table().files().size());
  }

  @Test
  void whatIsThereAtTheStartIsMergedToo() throws Exception {
    fill();
    job.commit(2);
    job.commit(2);
    try (CompactedJob next = job.successor(sink())) {
      next.commit(2);
      assertThat(next.merge()).isTrue();
      assertThat(next.gauge("liveFiles")).isEqualTo(16);
      next.commit(2);
      assertThat(next.merge()).isTrue();
      numbers.assertHoldsNumbersBelow(18);
      assertThat(next.gauge("smallFiles")).isEqualTo(9);
      assertThat(next.gauge("liveFiles")).isEqualTo(10);
    }
  }

  /** Before the files are listed, when it is known of which version, and when others are there. */
  @ParameterizedTest
  @ValueSource(strings = {"list _delta_log", "open N.json", "rename N.json"})
  void aCommitWhileFilesAreMergedIsNoneOfItsBusiness(String operation) throws Exception {
    fill();
    assertThat(during(operation, () -> job.commit(2))).isTrue();

    numbers.assertHoldsNumbersBelow(12);
    assertThat(job.counter("numCompactions")).isEqualTo(1);
    assertThat(job.gauge("liveFiles")).isEqualTo(numbers.table().files().size());
    assertThat(job.counter("numCommitRetries")).isZero();
    job.commit(2);
    numbers.assertHoldsNumbersBelow(14);
    assertThat(job.counter("numCommitRetries")).isZero();
  }

  @Test
  void aCommitThatComesSecondIsTriedOnceMoreAndNotLonger() throws Exception {
    fill();
    AtomicBoolean raced = numbers.faults().before("rename N.json", job::merge);

    job.commit(2);

    assertThat(raced).isTrue();
    assertThat(job.counter("numCompactions")).isEqualTo(1);
    assertThat(job.counter("numCommitRetries")).isEqualTo(1);
    numbers.assertHoldsNumbersBelow(12);
  }

  @Test
  void aRunThatTakesTheTableOverEndsTheMergeOfTheOneBefore() throws Exception {
    fill();
    List<CompactedJob> successors = new ArrayList<>();
    during("rename N.json", () -> successors.add(job.successor(sink())));

    assertThat(job.counter("numCompactions")).isZero();
    assertThat(job.counter("numCompactionFailures")).isEqualTo(1);
    assertThat(operationsInTheLog()).doesNotContain("OPTIMIZE");
    assertThat(orphans()).isEmpty();
    numbers.assertHoldsNumbersBelow(10);
    try (CompactedJob next = successors.get(0)) {
      next.commit(2);
      assertThat(next.merge()).isTrue();
      next.commit(2);
      assertThat(next.merge()).isTrue();
      assertThat(next.counter("numCompactions")).isEqualTo(1);
    }
    numbers.assertHoldsNumbersBelow(14);
  }

  @Test
  void aRunThatDoesNotOwnTheTableBeginsNoMerge() throws Exception {
    fill();
    try (CompactedJob next = job.successor(sink())) {
      long version = numbers.table().version();

      assertThat(job.merge()).isTrue();

      assertThat(numbers.table().version()).isEqualTo(version);
      assertThat(orphans()).isEmpty();
      next.commit(2);
    }
    numbers.assertHoldsNumbersBelow(12);
  }

  @Test
  void aMergeOfAnotherWriterThatComesFirstCountsAndOursIsGivenUp() throws Exception {
    fill();
    during("rename N.json", () -> new ForeignWriter(table).optimizeAndVacuum());

    assertThat(job.counter("numCompactions")).isZero();
    assertThat(job.counter("numCompactionFailures")).isEqualTo(1);
    assertThat(orphans()).isEmpty();
    numbers.assertHoldsNumbersBelow(10);
    job.commit(2);
    numbers.assertHoldsNumbersBelow(12);
  }

  @Test
  void aMergeThatIsUnderWayWhenTheJobEndsLeavesNothing() throws Exception {
    fill();
    during("create data file", Thread.currentThread()::interrupt);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(job.counter("numCompactions")).isZero();
    assertThat(orphans()).isEmpty();
    numbers.assertHoldsNumbersBelow(10);
  }

  @Test
  void aTableOfAnotherKindIsLeftAloneAndTheJobGoesOn() throws Exception {
    new ForeignWriter(table)
        .changeMetadata(
            metadata -> {
              metadata.withObject("/configuration").put("delta.randomizeFilePrefixes", "true");
              return metadata;
            });
    fill();
    job.merge();

    assertThat(job.counter("numCompactionFailures")).isEqualTo(1);
    job.commit(2);
    assertThat(job.merge()).as("it is not tried again at once").isFalse();
    numbers.assertHoldsNumbersBelow(12);
    assertThat(numbers.table().files()).hasSize(12);
  }

  @Test
  void aFailureIsFollowedByAPauseThatGrowsAndMergingGoesOnAfterIt() throws Exception {
    fill();
    for (Duration pause : List.of(Duration.ofMinutes(1), Duration.ofMinutes(2))) {
      numbers.faults().failNext(1, Moment.BEFORE, op -> op.shape().equals("create data file"));
      assertThat(job.merge()).isTrue();
      numbers.faults().fail(Long.MAX_VALUE, 0, Moment.BEFORE);
      job.pass(pause.minusSeconds(1));
      job.commit(2);
      assertThat(job.merge()).isFalse();
      job.pass(Duration.ofSeconds(1));
      job.commit(2);
    }
    assertThat(job.counter("numCompactionFailures")).isEqualTo(2);

    assertThat(job.merge()).isTrue();

    assertThat(job.counter("numCompactions")).isEqualTo(1);
    numbers.assertHoldsNumbersBelow(18);
  }

  @Test
  void whateverFailsNothingIsLostAndTheNextMergeFinishes() throws Exception {
    job.close();
    startWithThreeFiles("count");
    numbers.faults().forgetOperations();
    job.merge();
    List<Operation> operations = numbers.faults().operations();
    assertThat(operations).hasSizeGreaterThan(50);
    job.close();

    for (Moment moment : Moment.values()) {
      for (int n = 1; n <= operations.size(); n++) {
        if (!isTried(n, operations.get(n - 1))) {
          continue;
        }
        String name = moment + "-" + n;
        startWithThreeFiles(name);
        numbers.faults().forgetOperations();
        numbers.faults().fail(n, 1, moment);
        assertThat(job.merge()).isTrue();
        assertThat(numbers.faults().failed()).as(name).isEqualTo(1);
        numbers.faults().fail(Long.MAX_VALUE, 0, moment);
        numbers.assertHoldsNumbersBelow(3);
        assertVacuumKnows(orphans());

        job.pass(AN_HOUR);
        job.commit(1);
        job.merge();
        numbers.assertHoldsNumbersBelow(4);
        assertThat(numbers.table().files().size()).as(name).isBetween(1, 2);
        assertThat(job.gauge("liveFiles")).as(name).isEqualTo(numbers.table().files().size());
        assertThat(numbers.faults().openStreams()).as(name).isEmpty();
        job.close();
      }
    }
  }

  /** All that write, and of those that read every tenth; all of them in the chaos profile. */
  private static boolean isTried(int n, Operation operation) {
    return Boolean.getBoolean("medallion.chaos")
        || n % 10 == 0
        || Set.of("create", "write", "close", "rename", "delete").contains(operation.kind());
  }

  /** A table without partitions, of which 2 small files are not merged and 3 are. */
  private void startWithThreeFiles(String name) throws Exception {
    table = folder.resolve(name);
    numbers = new Numbers(name, folder);
    job =
        new CompactedJob(
            numbers.builder().partitionedBy().compaction(4, MemorySize.ofMebiBytes(1)).build());
    job.commit(1);
    job.merge();
    job.commit(1);
    job.commit(1);
    // Whether the checksum is there already makes a difference for the operations of a merge.
    Path checksum = table.resolve("_delta_log/%020d.crc".formatted(numbers.table().version()));
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(checksum));
  }

  /** No run of a sink may commit them, so their age decides. */
  private void assertVacuumKnows(Set<String> orphans) {
    SinkFiles files =
        SinkFiles.of(
            numbers.table().snapshot(), numbers.path(), "flink", FaultFileSystem.settings());
    assertThat(orphans)
        .allMatch(name -> name.startsWith("part-" + DeltaRewrite.WRITER))
        .allMatch(name -> files.fate(name) == Fate.UNKNOWN);
  }

  /** Files that no version refers to. */
  private Set<String> orphans() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.walk(table)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith("part-"))
          .forEach(names::add);
    }
    for (long version = 0; version <= numbers.table().version(); version++) {
      for (JsonNode action : new ForeignWriter(table).actions(version)) {
        String path = action.at("/add/path").asText();
        names.remove(path.substring(path.lastIndexOf('/') + 1));
      }
    }
    return names;
  }

  private List<String> operationsInTheLog() throws IOException {
    List<String> operations = new ArrayList<>();
    for (long version = 0; version <= numbers.table().version(); version++) {
      operations.add(
          new ForeignWriter(table).actions(version).get(0).at("/commitInfo/operation").asText());
    }
    return operations;
  }

  /** Merges, and does something else before the first operation of a kind of the merge. */
  private boolean during(String shape, Action other) {
    AtomicBoolean raced = numbers.faults().before(shape, other);
    job.merge();
    numbers.faults().fail(Long.MAX_VALUE, 0, Moment.BEFORE);
    return raced.get();
  }
}
