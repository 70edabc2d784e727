package io.medallion.job.preflight;

import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.filesystem.AbstractFsCheckpointStorageAccess;

/**
 * The state backend that a checkpoint was written with, and that alone can read it. Of savepoints
 * in the canonical form, which every backend can read, there is none.
 */
public final class SavedBackend {

  private static final String HASHMAP = "hashmap";
  private static final String ROCKSDB = "rocksdb";

  private SavedBackend() {}

  /**
   * The backend that wrote a checkpoint's keyed state, by the name that {@code state.backend.type}
   * has for it. Checkpoints of RocksDB that are not incremental look like those of {@code hashmap}.
   */
  public static Optional<String> of(CheckpointMetadata checkpoint) {
    return checkpoint.getOperatorStates().stream()
        .flatMap(operator -> operator.getStates().stream())
        .flatMap(subtask -> subtask.getManagedKeyedState().stream())
        .flatMap(SavedBackend::of)
        .findFirst();
  }

  private static Stream<String> of(KeyedStateHandle handle) {
    if (handle instanceof IncrementalKeyedStateHandle) {
      return Stream.of(ROCKSDB);
    }
    return handle.getClass() == KeyGroupsStateHandle.class ? Stream.of(HASHMAP) : Stream.of();
  }

  /**
   * Why a job can't go on from where its configuration says, in one line; empty if it can, or if
   * only Flink knows.
   */
  static Optional<String> failure(ReadableConfig flink, Duration deadline) {
    Optional<String> from = flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH);
    Optional<String> configured = flink.getOptional(StateBackendOptions.STATE_BACKEND);
    if (from.isEmpty() || configured.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> backend;
    try {
      backend = of(Deadline.await("checkpoint", deadline, () -> read(from.get())));
    } catch (ExecutionException e) {
      // Flink says what is wrong with it.
      return Optional.empty();
    } catch (TimeoutException e) {
      return Optional.of(
          "Cannot read the checkpoint %s to go on from: no answer within %d s: check that its storage can be reached from here; 'preflight.deadline' gives it more time"
              .formatted(from.get(), deadline.toSeconds()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("Cannot read the checkpoint %s: interrupted".formatted(from.get()));
    }
    return backend
        .filter(written -> !written.equals(configured.get()))
        .map(
            written ->
                "The job can't go on from %s: it was written with state.backend.type %s, and the configuration has %s. Start once with -D state.backend.type=%s, stop with a savepoint, and start from that: a savepoint goes with any state backend"
                    .formatted(from.get(), written, configured.get(), written));
  }

  private static CheckpointMetadata read(String pointer) throws IOException {
    try (DataInputStream in =
        new DataInputStream(
            AbstractFsCheckpointStorageAccess.resolveCheckpointPointer(pointer)
                .getMetadataHandle()
                .openInputStream())) {
      return Checkpoints.loadCheckpointMetadata(in, SavedBackend.class.getClassLoader(), pointer);
    }
  }
}
