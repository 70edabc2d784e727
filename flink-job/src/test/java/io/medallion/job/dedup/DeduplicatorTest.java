package io.medallion.job.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.hub.HubName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A retention of 80 ms, so spans of 10. */
class DeduplicatorTest {

  private static final DeduplicationConfig ON =
      new DeduplicationConfig(true, Duration.ofMillis(80), 100_000);
  private static final DeduplicationConfig OFF =
      new DeduplicationConfig(false, Duration.ofMillis(80), 100_000);
  private static final HubName HUB = new HubName("weather", 1);

  private final List<Subtask> opened = new ArrayList<>();

  private static Stream<Named<Supplier<StateBackend>>> backends() {
    return Stream.of(
        Named.of("hashmap", HashMapStateBackend::new),
        Named.of("rocksdb", () -> new EmbeddedRocksDBStateBackend(true)));
  }

  @AfterEach
  void close() throws Exception {
    for (Subtask subtask : opened) {
      subtask.close();
    }
  }

  @Test
  void theFirstCopyCountsAndLaterOnesAreTakenOut() throws Exception {
    Subtask subtask = start(ON);

    subtask.send(0, "a-1", 10).send(0, "a-2", 20).send(0, "a-1", 10).send(0, "a-1", 10);

    assertThat(subtask.unique()).containsExactly("a-1", "a-2");
    assertThat(subtask.duplicates()).containsExactly("a-1", "a-1");
  }

  @Test
  void stationsCountForThemselvesAndSoDoPartitions() throws Exception {
    Subtask subtask = start(ON);

    subtask.send(0, "a-1", 10).send(0, "b-1", 10).send(7, "a-1", 10);

    assertThat(subtask.duplicates()).isEmpty();
  }

  /** As where a device starts counting from the beginning. */
  @Test
  void anEventOfAnotherTimeIsNoCopyThoughItHasTheIdOfOneAndIsFoundAgainItself() throws Exception {
    Subtask subtask = start(ON);

    for (int round = 0; round < 2; round++) {
      subtask.send(0, "a-1", 10).send(0, "a-1", 20).send(0, "a-1", 30);
    }

    assertThat(subtask.unique()).containsExactly("a-1", "a-1", "a-1");
    assertThat(subtask.duplicates()).containsExactly("a-1", "a-1", "a-1");
    assertThat(subtask.conflicts()).isEqualTo(2);
  }

  /** Also when the event that had the id first is forgotten, and over restarts. */
  @Test
  void conflictsAreRememberedAsLongAsOtherIds() throws Exception {
    Subtask before = start(ON);
    before.send(0, "a-1", 150).send(0, "a-1", 160).send(0, "a-1", 161).send(0, "a-1", 162);
    before.send(0, "a", 240);

    Subtask after = restart(ON, before);
    after.send(0, "a-1", 160).send(0, "a-1", 161).send(0, "a-1", 162).send(0, "a-1", 163);
    assertThat(after.duplicates()).hasSize(3);
    assertThat(after.conflicts()).isEqualTo(1);
    after.send(0, "a", 250).send(0, "a-1", 162).send(0, "a-1", 163);

    assertThat(after.unique()).containsExactly("a-1", "a", "a-1");
  }

  @Test
  void anEventThatTellsNoTimeIsACopyIfItsBodyIsTheSame() throws Exception {
    Subtask subtask = start(ON);

    subtask.sendTimeless("a-1", 10, "20 °C");
    subtask.sendTimeless("a-1", 20, "20 °C");
    subtask.sendTimeless("a-1", 30, "21 °C");

    assertThat(subtask.unique()).containsExactly("a-1", "a-1");
    assertThat(subtask.conflicts()).isEqualTo(1);
  }

  @Test
  void aSenderWithOneIdForAllItsEventsCostsNoMoreThanOthers() throws Exception {
    Subtask subtask = start(new DeduplicationConfig(true, Duration.ofDays(1), 4_000_000));

    // By a search through all events of the id, this would take hours.
    for (int i = 0; i < 1_000_000; i++) {
      subtask.send(0, "a-1", i);
    }

    assertThat(subtask.duplicates()).isEmpty();
  }

  @Test
  void aPartitionOfAnotherEventHubIsAnotherPartition() throws Exception {
    Subtask before = start(ON);
    before.send(0, "a-1", 10).send(1, "b-1", 10);

    Subtask after = job(new HubName("weather", 2), ON, 1, Subtask.state(List.of(before)), 1).get(0);

    assertThat(after.savedIds()).isZero();
    after.send(0, "a-1", 10);
    assertThat(after.unique()).containsExactly("a-1");
  }

  @Test
  void eventsWithoutAnIdAreNeverCopies() throws Exception {
    Subtask subtask = start(ON);

    subtask.send(0, "a", 10).send(0, "a", 10);

    assertThat(subtask.unique()).containsExactly("a", "a");
    assertThat(subtask.savedIds()).isZero();
  }

  @Test
  void anIdIsRememberedForTheRetentionOfThePartitionsProgressAtLeast() throws Exception {
    Subtask subtask = start(ON);

    subtask.send(0, "a-1", 199).send(0, "a", 279).send(0, "a-1", 199);
    subtask.send(0, "a-2", 200).send(0, "a", 150).send(0, "a-2", 200);

    assertThat(subtask.duplicates()).as("late ones too").containsExactly("a-1", "a-2");
  }

  @Test
  void aSpanAfterTheRetentionNothingIsLeftOfAnId() throws Exception {
    Subtask subtask = start(ON);
    for (int i = 0; i < 100; i++) {
      subtask.send(0, "a-" + i, 100 + i / 5);
    }

    subtask.send(0, "a", 189);
    assertThat(subtask.savedIds()).isEqualTo(100);
    subtask.send(0, "a", 190);
    assertThat(subtask.savedIds()).isEqualTo(50);
    subtask.send(0, "a", 200);
    assertThat(subtask.savedIds()).isZero();
    subtask.send(0, "a-99", 119);

    assertThat(subtask.duplicates()).isEmpty();
  }

  /** The table notes the last eight bits of a generation's number. */
  @Test
  void anIdDoesNotComeBackWhenTheNumbersOfGenerationsBeginAnew() throws Exception {
    for (int generations = 250; generations < 270; generations++) {
      Subtask subtask = start(ON);
      subtask.send(0, "a-1", 5);
      for (int i = 1; i <= generations; i++) {
        subtask.send(0, "a", 10 * i + 5);
      }

      assertThat(subtask.send(0, "a-1", 5).duplicates()).as("%d", generations).isEmpty();
    }
  }

  @Test
  void aJumpInTimeForgetsAsTheTimeBetweenWouldHave() throws Exception {
    Subtask subtask = start(ON);

    subtask.send(0, "a-1", 10).send(0, "a", 100_000).send(0, "a-1", 10);

    assertThat(subtask.duplicates()).isEmpty();
  }

  @Test
  void moreIdsThanAllowedMakeItForgetTheOldestEarlyAndNeverHoldMore() throws Exception {
    Subtask subtask = start(new DeduplicationConfig(true, Duration.ofDays(1), 16));

    for (int i = 0; i < 1000; i++) {
      subtask.send(0, "a-" + i, 1);
      assertThat(subtask.savedIds()).isLessThanOrEqualTo(16);
    }
    subtask.send(0, "a-986", 1).send(0, "a-0", 1);

    assertThat(subtask.duplicates()).containsExactly("a-986");
  }

  /** Far more than a segment, a shard at first, and a number of a generation in a byte hold. */
  @ParameterizedTest
  @MethodSource("backends")
  void whatIsRememberedIsWhatAModelSays(Supplier<StateBackend> backend) throws Exception {
    List<Subtask> job = job(HUB, ON, backend, 1, null, 1);
    int perMillisecond = 20;
    for (int time = 0; time < 4000; time++) {
      if (time % 370 == 0) {
        job = job(HUB, ON, backend, 1, Subtask.state(job), 1);
      }
      for (int i = 0; i < perMillisecond; i++) {
        job.get(0).send(0, "a-" + time + "." + i, time);
      }
      if (time % 97 == 0) {
        int remembered = Math.max(0, (time / 10 - 8) * 10);
        int before = job.get(0).duplicates().size();
        for (int old = remembered; old <= time; old++) {
          job.get(0).send(0, "a-" + old + ".7", old);
        }
        assertThat(job.get(0).duplicates()).hasSize(before + time - remembered + 1);
        assertThat(job.get(0).savedIds()).isEqualTo((time - remembered + 1L) * perMillisecond);
      }
    }
    assertThat(job.get(0).send(0, "a-3909.1", 3909).duplicates()).doesNotContain("a-3909.1");
  }

  @ParameterizedTest
  @MethodSource("backends")
  void idsFollowTheirPartitionWhenTheJobIsRescaled(Supplier<StateBackend> backend)
      throws Exception {
    List<Subtask> job = job(HUB, ON, backend, 2, null, 1);
    job.get(0).send(0, "a-1", 10);
    job.get(1).send(1, "b-1", 10);

    // Nobody sees an event for some restarts, each time with another parallelism.
    for (int parallelism : new int[] {3, 3, 1, 2, 4}) {
      job = job(HUB, ON, backend, parallelism, Subtask.state(job), job.size());
      long saved = 0;
      for (Subtask subtask : job) {
        saved += subtask.savedIds();
      }
      assertThat(saved).as("by %d subtasks", parallelism).isEqualTo(2);
    }
    job.get(0).send(0, "a-1", 10).send(0, "a-2", 10);
    job.get(2).send(1, "b-1", 10);
    Subtask last = job(HUB, ON, backend, 1, Subtask.state(job), 4).get(0);
    last.send(0, "a-1", 10).send(0, "a-2", 10).send(1, "b-1", 10);

    assertThat(job.get(0).duplicates()).containsExactly("a-1");
    assertThat(job.get(2).duplicates()).containsExactly("b-1");
    assertThat(last.unique()).isEmpty();
  }

  @Test
  void aSavepointGoesFromOneStateBackendToTheOther() throws Exception {
    Subtask hashmap = start(ON);
    hashmap.send(0, "a-1", 10);

    List<Subtask> rocksdb =
        job(
            HUB,
            ON,
            () -> new EmbeddedRocksDBStateBackend(true),
            1,
            Subtask.state(List.of(hashmap)),
            1);
    rocksdb.get(0).send(0, "a-1", 10).send(0, "a-2", 10);
    Subtask again = job(HUB, ON, 1, Subtask.state(rocksdb), 1).get(0);
    again.send(0, "a-1", 10).send(0, "a-2", 10);

    assertThat(rocksdb.get(0).duplicates()).containsExactly("a-1");
    assertThat(again.unique()).isEmpty();
  }

  @Test
  void aCheckpointOfRocksDbWritesWhatIsNew() throws Exception {
    Subtask subtask = job(HUB, ON, () -> new EmbeddedRocksDBStateBackend(true), 1, null, 1).get(0);
    for (int i = 0; i < 50_000; i++) {
      subtask.send(0, "a-" + i, 10);
    }
    long first = written(subtask.snapshot());

    for (int i = 0; i < 100; i++) {
      subtask.send(0, "b-" + i, 10);
    }

    assertThat(first).isGreaterThan(50_000 * 16);
    assertThat(written(subtask.snapshot())).isLessThan(first / 20);
  }

  private static long written(OperatorSubtaskState state) {
    return state.getManagedKeyedState().stream()
        .mapToLong(KeyedStateHandle::getCheckpointedSize)
        .sum();
  }

  @Test
  void ofAPartitionWhoseKeyGroupIsAnotherOneNowNothingIsLeft() throws Exception {
    Subtask before = start(ON);
    before.send(0, "a-1", 10);
    OperatorSubtaskState state = Subtask.state(List.of(before));

    // As after the change to an Event Hub of the same name with other partitions.
    Subtask after = restart(ON, before);
    after.send(2, "b-1", 10);
    assertThat(after.savedIds()).as("others stay").isEqualTo(2);
    Subtask moved = job(HUB, ON, 1, state, 1).get(0);
    moved.sendIn(5, 0, "a-1", 10);

    assertThat(moved.unique()).containsExactly("a-1");
    assertThat(moved.savedIds()).isEqualTo(1);
  }

  @Test
  void switchedOffItTakesNothingOutAndForgets() throws Exception {
    Subtask on = start(ON);
    on.send(0, "a-1", 10);

    Subtask off = restart(OFF, on);
    off.send(0, "a-1", 10).send(0, "a-1", 10);
    assertThat(off.unique()).containsExactly("a-1", "a-1");
    assertThat(off.savedIds()).isZero();

    Subtask again = restart(ON, off);
    again.send(0, "a-1", 10);
    assertThat(again.unique()).containsExactly("a-1");
  }

  @Test
  void anotherRetentionAndLimitTakeOverWhatIsRemembered() throws Exception {
    Subtask before = start(ON);
    before.send(0, "a-1", 10).send(0, "a-2", 10);

    Subtask after = restart(new DeduplicationConfig(true, Duration.ofMillis(7), 2), before);
    after.send(0, "a-1", 10).send(0, "a-3", 10).send(0, "a-2", 10).send(0, "a-4", 10);

    assertThat(after.duplicates()).containsExactly("a-1");
    assertThat(after.savedIds()).isLessThanOrEqualTo(2);
  }

  /** At progress 151, two generations of three ids and a segment each, none of one. */
  private static final String FORM =
      "01"
          + "00000007"
          + "77656174686572"
          + "0000000000000097"
          + "00000002"
          + "0000000000000004000000000000009600000003"
          + "00000001"
          + "000000000000000500000000000000a00000000000000000";

  @Test
  void theFormStays() {
    SavedPartition saved =
        new SavedPartition(
            "weather",
            151,
            List.of(
                new SavedPartition.Generation(4, 150, 3, 1),
                new SavedPartition.Generation(5, 160, 0, 0)));

    assertThat(HexFormat.of().formatHex(saved.form())).isEqualTo(FORM);
    assertThat(SavedPartition.of(HexFormat.of().parseHex(FORM))).isEqualTo(saved);
    assertThatIllegalStateException()
        .isThrownBy(() -> SavedPartition.of(new byte[] {2}))
        .withMessageContaining("written by a newer release");
  }

  private Subtask start(DeduplicationConfig config) throws Exception {
    return job(HUB, config, 1, null, 1).get(0);
  }

  private Subtask restart(DeduplicationConfig config, Subtask before) throws Exception {
    return job(HUB, config, 1, Subtask.state(List.of(before)), 1).get(0);
  }

  private List<Subtask> job(
      HubName hub,
      DeduplicationConfig config,
      int parallelism,
      OperatorSubtaskState state,
      int parallelismBefore)
      throws Exception {
    return job(hub, config, HashMapStateBackend::new, parallelism, state, parallelismBefore);
  }

  private List<Subtask> job(
      HubName hub,
      DeduplicationConfig config,
      Supplier<StateBackend> backend,
      int parallelism,
      OperatorSubtaskState state,
      int parallelismBefore)
      throws Exception {
    List<Subtask> job = Subtask.job(hub, config, backend, parallelism, state, parallelismBefore);
    opened.addAll(job);
    return job;
  }
}
