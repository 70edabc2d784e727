package io.medallion.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * One job that writes the numbers 0, 1, 2 … to a sink: the sink's real operators in Flink's test
 * harness, with the test in the place of the job manager.
 *
 * <p>The test says when numbers are written, when a barrier passes, whether the checkpoint
 * completes, whether the notification arrives, and when the job crashes; every interleaving can be
 * had, and a run is over in milliseconds.
 */
final class SinkSimulation implements AutoCloseable {

  /** A checkpoint: where the source stood, and the state of the sink's operators. */
  record Checkpoint(
      long id, long position, OperatorSubtaskState aggregator, OperatorSubtaskState committer) {}

  private final Map<Long, Checkpoint> taken = new TreeMap<>();
  private DeltaSink<Long> sink;
  private int parallelism;
  private List<OneInputStreamOperatorTestHarness<Long, CommittableMessage<DataFile>>> writers =
      List.of();
  private OneInputStreamOperatorTestHarness<
          CommittableMessage<DataFile>, CommittableMessage<DeltaCommittable>>
      aggregator;
  private OneInputStreamOperatorTestHarness<
          CommittableMessage<DeltaCommittable>, CommittableMessage<DeltaCommittable>>
      committer;
  private Checkpoint completed;
  private long position;
  private long lastCheckpointId;

  /** Flink starts the operators in no particular order. */
  private boolean aggregatorFirst;

  /** Submits a job that starts without state. */
  SinkSimulation(DeltaSink<Long> sink, int parallelism) throws Exception {
    this.sink = sink;
    this.parallelism = parallelism;
    start(null);
  }

  /** Submits another copy of a job, from a checkpoint that it took. */
  SinkSimulation(DeltaSink<Long> sink, int parallelism, Checkpoint from) throws Exception {
    this.sink = sink;
    this.parallelism = parallelism;
    this.completed = from;
    this.lastCheckpointId = from.id();
    start(from);
  }

  /** From the next start on, the run owns the table before restored committables are offered. */
  void aggregatorFirst() {
    aggregatorFirst = true;
  }

  /** The number that comes next. */
  long position() {
    return position;
  }

  /** The newest completed checkpoint; null if there is none. */
  Checkpoint completed() {
    return completed;
  }

  void write(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      writers.get((int) (position % parallelism)).processElement(new StreamRecord<>(position));
      position++;
    }
  }

  /** Lets a barrier pass through all operators. The checkpoint is neither completed nor aborted. */
  long barrier() throws Exception {
    long id = ++lastCheckpointId;
    for (var writer : writers) {
      writer.prepareSnapshotPreBarrier(id);
      forwardFiles(writer);
      writer.snapshot(id, id);
    }
    aggregator.prepareSnapshotPreBarrier(id);
    forwardCommittables();
    OperatorSubtaskState aggregatorState = aggregator.snapshot(id, id);
    OperatorSubtaskState committerState = committer.snapshot(id, id);
    taken.put(id, new Checkpoint(id, position, aggregatorState, committerState));
    return id;
  }

  /**
   * A checkpoint that some writers' barrier reached, but not the aggregator, before it was aborted.
   */
  void abortedBarrier(int writersReached) throws Exception {
    long id = ++lastCheckpointId;
    for (var writer : writers.subList(0, writersReached)) {
      writer.prepareSnapshotPreBarrier(id);
      forwardFiles(writer);
    }
  }

  /** Completes a checkpoint and tells the operators, as the job manager does. */
  void complete(long id) throws Exception {
    completeWithoutNotice(id);
    committer.notifyOfCompletedCheckpoint(id);
  }

  /** Completes a checkpoint whose notification is lost. */
  void completeWithoutNotice(long id) {
    completed = taken.get(id);
    taken.keySet().removeIf(older -> older < id);
  }

  void checkpoint() throws Exception {
    complete(barrier());
  }

  /** Ends the input of all writers and completes the final checkpoint. */
  void end() throws Exception {
    for (var writer : writers) {
      writer.endInput();
      forwardFiles(writer);
    }
    aggregator.endInput();
    forwardCommittables();
    committer.endInput();
    // From here on Flink tells the operators of no barrier, only of completed checkpoints.
    long id = ++lastCheckpointId;
    taken.put(
        id, new Checkpoint(id, position, aggregator.snapshot(id, id), committer.snapshot(id, id)));
    complete(id);
  }

  /** The tasks are gone; the same submission restarts from the newest completed checkpoint. */
  void failover() throws Exception {
    stop();
    start(completed);
  }

  /** The tasks are gone; another submission starts from a checkpoint of the last. */
  void resubmit(DeltaSink<Long> newSink, int newParallelism, Checkpoint from) throws Exception {
    stop();
    sink = newSink;
    parallelism = newParallelism;
    completed = from;
    lastCheckpointId = from == null ? 0 : from.id();
    start(from);
  }

  private void start(Checkpoint from) throws Exception {
    taken.clear();
    position = from == null ? 0 : from.position();
    committer =
        new OneInputStreamOperatorTestHarness<>(new CommitterOperatorFactory<>(sink, false, true));
    aggregator = new OneInputStreamOperatorTestHarness<>(sink.aggregator());
    if (aggregatorFirst) {
      restore(aggregator, from, from == null ? null : from.aggregator());
    }
    restore(committer, from, from == null ? null : from.committer());
    if (!aggregatorFirst) {
      restore(aggregator, from, from == null ? null : from.aggregator());
    }
    List<OneInputStreamOperatorTestHarness<Long, CommittableMessage<DataFile>>> started =
        new ArrayList<>();
    writers = started;
    for (int subtask = 0; subtask < parallelism; subtask++) {
      OneInputStreamOperatorTestHarness<Long, CommittableMessage<DataFile>> writer =
          new OneInputStreamOperatorTestHarness<>(
              new SinkWriterOperatorFactory<Long, DataFile>(sink), 128, parallelism, subtask);
      started.add(writer);
      restore(writer, from, null);
    }
  }

  private static void restore(
      AbstractStreamOperatorTestHarness<?> harness, Checkpoint from, OperatorSubtaskState state)
      throws Exception {
    harness.setup();
    if (from != null) {
      harness.setRestoredCheckpointId(from.id());
      harness.initializeState(state == null ? OperatorSubtaskState.builder().build() : state);
    }
    harness.open();
  }

  private void forwardFiles(
      OneInputStreamOperatorTestHarness<Long, CommittableMessage<DataFile>> writer)
      throws Exception {
    Queue<Object> output = writer.getOutput();
    while (!output.isEmpty()) {
      @SuppressWarnings("unchecked") // The writer emits nothing else.
      var record = (StreamRecord<CommittableMessage<DataFile>>) output.poll();
      aggregator.processElement(record);
    }
  }

  private void forwardCommittables() throws Exception {
    Queue<Object> output = aggregator.getOutput();
    while (!output.isEmpty()) {
      @SuppressWarnings("unchecked") // The aggregator emits nothing else.
      var record = (StreamRecord<CommittableMessage<DeltaCommittable>>) output.poll();
      committer.processElement(record);
    }
  }

  private void stop() {
    List<AutoCloseable> all = new ArrayList<>(writers);
    all.add(aggregator);
    all.add(committer);
    for (AutoCloseable harness : all) {
      try {
        harness.close();
      } catch (Exception | AssertionError ignored) {
        // A task that failed may fail again in its clean-up; Flink only logs that.
      }
    }
    writers = List.of();
  }

  @Override
  public void close() {
    stop();
  }
}
