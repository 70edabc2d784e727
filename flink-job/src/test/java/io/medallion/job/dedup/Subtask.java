package io.medallion.job.dedup;

import io.medallion.job.config.DeduplicationConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.hub.HubName;
import io.medallion.job.testing.WeatherEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.SavepointType;
import org.apache.flink.runtime.checkpoint.SnapshotType;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.StateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;

/**
 * A subtask of the deduplication. What is sent is told as {@code station-id}; what comes out
 * likewise. The partitions 0, 2, 4 … are in the first key group, the others in the middle one.
 */
final class Subtask {

  static final int MAX_PARALLELISM = 128;

  private static final long LATER = 100;

  private final Deduplicator operator;
  private final KeyedOneInputStreamOperatorTestHarness<Long, EventRecord, EventRecord> harness;
  private final List<String> duplicates = new ArrayList<>();
  private long checkpoint;

  private Subtask(Deduplicator operator, int parallelism, int subtask) throws Exception {
    this.operator = operator;
    harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator,
            new PartitionKey(MAX_PARALLELISM),
            Types.LONG,
            MAX_PARALLELISM,
            parallelism,
            subtask);
  }

  /** All subtasks of a job, in a state. */
  static List<Subtask> job(
      HubName hub,
      DeduplicationConfig config,
      Supplier<StateBackend> backend,
      int parallelism,
      OperatorSubtaskState state,
      int parallelismBefore)
      throws Exception {
    List<Subtask> job = new ArrayList<>();
    for (int i = 0; i < parallelism; i++) {
      Subtask subtask = new Subtask(new Deduplicator(hub, config), parallelism, i);
      job.add(subtask);
      subtask.harness.setStateBackend(backend.get());
      if (state != null) {
        subtask.harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                state, MAX_PARALLELISM, parallelismBefore, parallelism, i));
      }
      subtask.harness.open();
    }
    return job;
  }

  /** A savepoint. */
  static OperatorSubtaskState state(List<Subtask> job) throws Exception {
    SnapshotType savepoint = SavepointType.savepoint(SavepointFormatType.CANONICAL);
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (Subtask subtask : job) {
      states.add(
          subtask
              .harness
              .snapshotWithLocalState(++subtask.checkpoint, 1, savepoint)
              .getJobManagerOwnedState());
    }
    return AbstractStreamOperatorTestHarness.repackageState(
        states.toArray(OperatorSubtaskState[]::new));
  }

  /** A checkpoint. */
  OperatorSubtaskState snapshot() throws Exception {
    OperatorSubtaskState state = harness.snapshot(++checkpoint, 1);
    harness.notifyOfCompletedCheckpoint(checkpoint);
    return state;
  }

  static int keyGroup(int partition) {
    return partition % 2 == 0 ? 0 : MAX_PARALLELISM / 2;
  }

  Subtask send(int partition, String stationAndId, long eventTime) throws Exception {
    return sendIn(keyGroup(partition), partition, stationAndId, eventTime);
  }

  /** As {@link #send(int, String, long)}, with another key group than the partition's usual one. */
  Subtask sendIn(int keyGroup, int partition, String stationAndId, long eventTime)
      throws Exception {
    EventRecord event = event(partition, stationAndId, eventTime);
    event.tellsTime = true;
    event.keyGroup = keyGroup;
    return send(stationAndId, event);
  }

  Subtask sendTimeless(String stationAndId, long enqueued, String body) throws Exception {
    EventRecord event = event(0, stationAndId, enqueued);
    event.keyGroup = keyGroup(0);
    event.body = body.getBytes(StandardCharsets.UTF_8);
    event.event = event.body;
    return send(stationAndId, event);
  }

  private static EventRecord event(int partition, String stationAndId, long eventTime) {
    String[] parts = stationAndId.split("-", -1);
    EventRecord event = WeatherEvents.event(partition, parts[0], eventTime);
    event.eventId = parts.length == 1 ? null : parts[1].getBytes(StandardCharsets.UTF_8);
    return event;
  }

  private Subtask send(String name, EventRecord event) throws Exception {
    long before = operator.copies();
    harness.processElement(new StreamRecord<>(event, event.eventTime));
    if (operator.copies() > before) {
      duplicates.add(name);
    }
    return this;
  }

  void watermark(long time) throws Exception {
    harness.processWatermark(new Watermark(time));
  }

  /** Some time passes that is longer than any retention in a test. */
  void later() throws Exception {
    harness.setProcessingTime(harness.getProcessingTime() + 2 * LATER);
  }

  List<String> unique() {
    return harness.extractOutputValues().stream()
        .map(
            event ->
                event.eventId == null
                    ? event.group.value
                    : event.group + "-" + new String(event.eventId, StandardCharsets.UTF_8))
        .toList();
  }

  List<String> duplicates() {
    return duplicates;
  }

  long conflicts() {
    return operator.conflicts();
  }

  /** How many ids a checkpoint now saves. */
  long savedIds() throws Exception {
    snapshot();
    KeyedStateBackend<Long> backend = operator.getKeyedStateBackend();
    MapState<Long, byte[]> segments =
        operator
            .getKeyedStateStore()
            .getMapState(
                new MapStateDescriptor<>(
                    "segments", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    long bytes = 0;
    for (long key : backend.<VoidNamespace>getKeys("partition", VoidNamespace.INSTANCE).toList()) {
      backend.setCurrentKey(key);
      for (Map.Entry<Long, byte[]> segment : segments.entries()) {
        bytes += segment.getValue().length;
      }
    }
    return bytes / 16;
  }

  void close() throws Exception {
    harness.close();
  }
}
