package io.medallion.job.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.hub.HubName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.hashmap.HashMapStateBackend;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What earlier releases saved, with a retention of 100 ms, of partition 0. */
class EarlierIdsTest {

  private static final DeduplicationConfig ON =
      new DeduplicationConfig(true, Duration.ofMillis(100), 1000);

  /**
   * Made by the first release: at offset 7 and time 150, a-0 in the generation before, a-1 and a-2
   * in the current one. It did not keep the times of events.
   */
  private static final String FIRST_RELEASE =
      "01000000000000000000000007000000000000009600000001d3bdd27684f41654a16b4a7121cce22d"
          + "0000000247feb6abea72ead6c02f7be3b4cbe55d080a31371454dcba22a46faa5dd79ee2";

  /**
   * Made by the release before this form: a-0 of 99 in the generation before; a-1 of 150, a-2 of
   * 150 and another a-2 of 151 in the current one.
   */
  private static final String LAST_RELEASE =
      "020000000777656174686572000000000000000000000007000000000000009700000001d3bdd27684f41654"
          + "a16b4e0d23966e0a0000000347feb6abea72ead6c02f532959c10cc922740ff947d069afc16815323c66"
          + "5fe4080a31371454dcba22a4d10eaccf235a0000000000000000";

  private final List<Subtask> opened = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (Subtask subtask : opened) {
      subtask.close();
    }
  }

  @Test
  void idsOfTheLastReleaseAreRememberedAsLongAsItWouldHave() throws Exception {
    Subtask after = restored(1, saved(LAST_RELEASE), 1).get(0);

    after.send(0, "a-0", 99).send(0, "a-2", 150).send(0, "a-2", 151).send(0, "a-1", 151);
    assertThat(after.duplicates()).containsExactly("a-0", "a-2", "a-2");
    assertThat(after.conflicts()).isEqualTo(1);
    Subtask again = restored(1, Subtask.state(List.of(after)), 1).get(0);
    assertThat(again.savedIds()).isEqualTo(5);
    again.send(0, "a-1", 150).send(0, "a-1", 151).send(0, "a", 199).send(0, "a-0", 99);
    assertThat(again.duplicates()).containsExactly("a-1", "a-1", "a-0");
    again.send(0, "a", 260).send(0, "a-2", 150);

    assertThat(again.unique()).as("aged").containsExactly("a", "a", "a-2");
  }

  @Test
  void idsOfTheFirstReleaseAreTakenForCopiesUntilTheyHaveAged() throws Exception {
    Subtask after = restored(1, saved(FIRST_RELEASE), 1).get(0);
    after.send(0, "a-0", 151).send(0, "a-1", 151).send(0, "a-3", 151);
    assertThat(after.duplicates()).containsExactly("a-0", "a-1");

    Subtask again = restored(1, Subtask.state(List.of(after)), 1).get(0);
    again.send(0, "a-2", 250).send(0, "a-3", 151);
    assertThat(again.duplicates()).containsExactly("a-2", "a-3");
    again.send(0, "a", 290).send(0, "a-1", 152);

    assertThat(again.duplicates()).as("aged").containsExactly("a-2", "a-3");
  }

  @Test
  void idsOfTheFirstReleaseSayNothingOfAnotherEventHub() throws Exception {
    Subtask after = restored(new HubName("weather", 2), 1, saved(FIRST_RELEASE), 1).get(0);

    after.send(0, "a-1", 151);

    assertThat(after.unique()).containsExactly("a-1");
  }

  @Test
  void anotherFormIsRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> EarlierIds.of(new byte[] {3}))
        .withMessageContaining("written by another release");
  }

  @Test
  void whoeverReadsThePartitionHasThemAfterRestartsWithoutAnEventToo() throws Exception {
    List<Subtask> job = restored(1, saved(LAST_RELEASE), 1);
    for (int parallelism : new int[] {3, 1, 2}) {
      job = restored(parallelism, Subtask.state(job), job.size());
    }

    // Partition 0 is of the first subtask, but in an earlier release's place it may be any one's.
    job.get(1).sendIn(Subtask.MAX_PARALLELISM - 1, 0, "a-1", 150);

    assertThat(job.get(1).duplicates()).containsExactly("a-1");
    job = restored(2, Subtask.state(job), 2);
    job.get(1).sendIn(Subtask.MAX_PARALLELISM - 1, 0, "a-2", 150);
    assertThat(job.get(1).duplicates()).containsExactly("a-2");
  }

  @Test
  void idsThatNobodyClaimsExpire() throws Exception {
    List<Subtask> two = restored(2, saved(LAST_RELEASE), 1);
    for (Subtask subtask : two) {
      subtask.watermark(1000);
    }
    List<Subtask> again = restored(2, Subtask.state(two), 2);
    for (Subtask subtask : again) {
      subtask.later();
      subtask.watermark(1000);
    }
    Subtask last = restored(1, Subtask.state(again), 2).get(0);
    last.send(0, "a-1", 150);

    assertThat(last.unique()).containsExactly("a-1");
  }

  /** Its keeper is ahead in event time and lets go, while the owner waits for its first event. */
  @Test
  void idsAreNotLostWhileTheirPartitionIsBehindTheOthers() throws Exception {
    List<Subtask> two = restored(2, saved(LAST_RELEASE), 1);
    two.get(0).later();
    two.get(0).watermark(9000);
    two.get(1).later();
    two.get(1).watermark(150);

    List<Subtask> after = restored(2, Subtask.state(two), 2);
    after.get(1).sendIn(Subtask.MAX_PARALLELISM - 1, 0, "a-1", 150);

    assertThat(after.get(1).duplicates()).containsExactly("a-1");
  }

  @Test
  void aDrainForgetsNothing() throws Exception {
    List<Subtask> drained = restored(1, saved(LAST_RELEASE), 1);
    drained.get(0).later();
    drained.get(0).watermark(Long.MAX_VALUE);

    Subtask after = restored(1, Subtask.state(drained), 1).get(0);
    after.send(0, "a-1", 150);

    assertThat(after.duplicates()).containsExactly("a-1");
  }

  private List<Subtask> restored(int parallelism, OperatorSubtaskState state, int parallelismBefore)
      throws Exception {
    return restored(new HubName("weather", 1), parallelism, state, parallelismBefore);
  }

  private List<Subtask> restored(
      HubName hub, int parallelism, OperatorSubtaskState state, int parallelismBefore)
      throws Exception {
    List<Subtask> job =
        Subtask.job(hub, ON, HashMapStateBackend::new, parallelism, state, parallelismBefore);
    opened.addAll(job);
    return job;
  }

  private static OperatorSubtaskState saved(String form) throws Exception {
    return new SavedElement(HexFormat.of().parseHex(form)).state();
  }

  /** Saves the bytes where the operator looks for its own. */
  private static final class SavedElement extends AbstractStreamOperator<EventRecord>
      implements OneInputStreamOperator<EventRecord, EventRecord> {

    private static final long serialVersionUID = 1L;

    private final byte[] element;

    SavedElement(byte[] element) {
      this.element = element;
    }

    @SuppressWarnings("try") // The harness' close() may throw InterruptedException.
    OperatorSubtaskState state() throws Exception {
      try (var harness = new OneInputStreamOperatorTestHarness<>(this)) {
        harness.open();
        return harness.snapshot(1, 1);
      }
    }

    @Override
    public void processElement(StreamRecord<EventRecord> unused) {}

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      context
          .getOperatorStateStore()
          .getUnionListState(
              new ListStateDescriptor<>(
                  "ids", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO))
          .add(element);
    }
  }
}
