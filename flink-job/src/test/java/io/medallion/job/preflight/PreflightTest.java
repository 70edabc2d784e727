package io.medallion.job.preflight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.job.config.JobConfig;
import java.io.DataOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {

  private static final Duration DEADLINE = Duration.ofSeconds(20);

  @TempDir Path folder;

  @Test
  void allThatFailsIsToldAtOnceALineEach() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    Configuration flink =
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, "nosuch://state/checkpoints")
            .set(CheckpointingOptions.SAVEPOINT_DIRECTORY, folder.toUri().toString());

    assertThatThrownBy(() -> Preflight.check(config(Map.of("lake.path", file.toString())), flink))
        .isInstanceOf(PreflightException.class)
        .message()
        .hasLineCount(3)
        .contains("127.0.0.1:1", "the lake " + file, "lake.path")
        .contains("execution.checkpointing.dir", "hadoop-azure");
  }

  @Test
  void itCanBeSwitchedOff() {
    assertThatCode(() -> Preflight.check(config(Map.of("preflight", "false")), new Configuration()))
        .doesNotThrowAnyException();
  }

  @Test
  void aCheckpointOfAnotherStateBackendIsRefusedWithTheWayToGoOn() throws Exception {
    OperatorState operator = new OperatorState(null, null, new OperatorID(1, 2), 1, 1);
    operator.putState(
        0,
        OperatorSubtaskState.builder()
            .setManagedKeyedState(
                new KeyGroupsStateHandle(
                    new KeyGroupRangeOffsets(new KeyGroupRange(0, 0)),
                    new ByteStreamStateHandle("state", new byte[] {1})))
            .build());
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve("_metadata")))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(3, List.of(operator), List.of()), out);
    }
    Configuration flink =
        new Configuration().set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString());

    assertThat(
            SavedBackend.failure(flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb"), DEADLINE))
        .hasValueSatisfying(
            message ->
                assertThat(message)
                    .contains(folder.toUri().toString(), "written with state.backend.type hashmap")
                    .contains("-D state.backend.type=hashmap, stop with a savepoint"));
    assertThatThrownBy(() -> Preflight.check(config(Map.of()), flink))
        .hasMessageContaining("written with state.backend.type hashmap");
    assertThat(
            SavedBackend.failure(flink.set(StateBackendOptions.STATE_BACKEND, "hashmap"), DEADLINE))
        .isEmpty();
    Files.write(folder.resolve("_metadata"), new byte[] {1});
    assertThat(
            SavedBackend.failure(flink.set(StateBackendOptions.STATE_BACKEND, "rocksdb"), DEADLINE))
        .as("Flink says it")
        .isEmpty();
  }

  @Test
  void aCheckpointWhoseStorageDoesNotAnswerIsToldWithinTheDeadline() throws Exception {
    Path metadata = folder.resolve("_metadata");
    assertThat(new ProcessBuilder("mkfifo", metadata.toString()).start().waitFor()).isZero();
    Configuration flink =
        new Configuration()
            .set(StateRecoveryOptions.SAVEPOINT_PATH, folder.toUri().toString())
            .set(StateBackendOptions.STATE_BACKEND, "rocksdb");

    assertThat(SavedBackend.failure(flink, Duration.ofMillis(100)))
        .hasValueSatisfying(
            line ->
                assertThat(line)
                    .contains("Cannot read the checkpoint", "no answer", "preflight.deadline"));
    // Lets the reader go.
    Files.write(metadata, new byte[] {1});
  }

  private JobConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    all.put("lake.path", folder.toString());
    all.put("source.topic", "weather");
    all.put("source.bootstrap.servers", "127.0.0.1:1");
    all.put("preflight.deadline", "2 s");
    all.putAll(settings);
    return JobConfig.of(all);
  }
}
