package io.medallion.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.api.connector.sink2.CommittableSummary;
import org.apache.flink.streaming.api.connector.sink2.CommittableWithLineage;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.util.SimpleVersionedListState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers the files of all writers into one committable per checkpoint; parallelism 1.
 *
 * <p>Relies on barriers being aligned between writers and here (Flink disables unaligned
 * checkpoints inside a sink): when barrier {@code n} arrives, every file written before it has
 * arrived, and none written after it. So whatever was gathered becomes the committable of {@code
 * n}, including files that a writer labelled with an earlier checkpoint which was then aborted, and
 * files handed over at the end of input, whose label is the writer's guess. After the barrier
 * nothing is left: the only state is the {@link SinkState}.
 *
 * <p>With the first barrier of a restored run a committable goes out even if there is no file: the
 * committer then looks whether the table still has what was committed.
 *
 * <p>It starts before any commit of the run, so this is where the run comes to own the table
 * ({@link TableEntry}).
 */
final class CommitAggregator extends AbstractStreamOperator<CommittableMessage<DeltaCommittable>>
    implements OneInputStreamOperator<
            CommittableMessage<DataFile>, CommittableMessage<DeltaCommittable>>,
        BoundedOneInput {

  private static final long serialVersionUID = 1L;

  private static final ListStateDescriptor<byte[]> STATE =
      new ListStateDescriptor<>("lineage", BytePrimitiveArraySerializer.INSTANCE);

  private static final int SUBTASK = 0;
  private static final int SUBTASKS = 1;

  private final TableSpec table;
  private final TableOptions options;

  /** The epoch of this submission of the job. */
  private final String submission;

  private transient Lineage lineage;
  private transient Optional<CommitId> lastSent;
  private transient boolean toBeChecked;
  private transient ListState<SinkState> state;
  private transient List<DataFile> files;
  private transient long lastCheckpointId;

  CommitAggregator(TableSpec table, TableOptions options, String submission) {
    this.table = table;
    this.options = options;
    this.submission = submission;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    getRuntimeContext()
        .registerUserCodeClassLoaderReleaseHookIfAbsent(HadoopRelease.NAME, new HadoopRelease());
    files = new ArrayList<>();
    state =
        new SimpleVersionedListState<>(
            context.getOperatorStateStore().getListState(STATE), BinaryFormat.sinkStates());
    Optional<Lineage> restored = Optional.empty();
    lastSent = Optional.empty();
    for (SinkState past : state.get()) {
      restored = Optional.of(past.lineage());
      lastSent = past.lastSent();
    }
    toBeChecked = lastSent.isPresent();
    lastCheckpointId = context.getRestoredCheckpointId().orElse(0);
    lineage =
        new TableEntry(table, options).enter(new JobStart(submission, restored, lastCheckpointId));
    LOG.info("Sink '{}' of {} runs as {}", options.sinkName(), table, lineage);
  }

  @Override
  public void processElement(StreamRecord<CommittableMessage<DataFile>> record) {
    if (record.getValue() instanceof CommittableWithLineage<DataFile> message) {
      files.add(message.getCommittable());
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    emit(checkpointId);
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(new SinkState(lineage, lastSent)));
  }

  @Override
  public void endInput() {
    emit(lastCheckpointId + 1);
  }

  private void emit(long checkpointId) {
    lastCheckpointId = checkpointId;
    if (files.isEmpty() && !toBeChecked) {
      return;
    }
    // Where rows may be missing, a commit without any says from where on they are not missed.
    boolean isCheck = files.isEmpty() && options.rewindPolicy() != RewindPolicy.APPEND;
    DeltaCommittable committable =
        new DeltaCommittable(lineage, checkpointId, lastSent, isCheck, files);
    output.collect(
        new StreamRecord<>(new CommittableSummary<>(SUBTASK, SUBTASKS, checkpointId, 1, 0)));
    output.collect(
        new StreamRecord<>(new CommittableWithLineage<>(committable, checkpointId, SUBTASK)));
    toBeChecked = false;
    files.clear();
    if (!isCheck) {
      lastSent = Optional.of(committable.id());
    }
  }
}
