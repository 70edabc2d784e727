package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.WrongUse;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.checkpoint.metadata.CheckpointMetadata;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeOffsets;
import org.apache.flink.runtime.state.KeyGroupsSavepointStateHandle;
import org.apache.flink.runtime.state.KeyGroupsStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResumePointTest {

  @TempDir private Path temp;
  private LakeFolder lake;

  @BeforeEach
  void openLake() {
    lake = LakeFolder.open(temp);
  }

  @AfterEach
  void closeLake() throws IOException {
    lake.close();
  }

  @Test
  void aNewLakeHasNone() {
    assertThat(ResumePoint.newest(lake)).isEmpty();
  }

  @Test
  void theHighestCheckpointIdIsTheNewestWhateverTheClockSays() throws IOException {
    Path checkpoint = complete(lake.checkpoints().resolve("job/chk-7"), 7);
    Path savepoint = complete(lake.savepoints().resolve("savepoint-abc"), 8);
    Files.setLastModifiedTime(
        savepoint.resolve("_metadata"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

    assertThat(ResumePoint.newest(lake)).contains(new ResumePoint(savepoint, 8));

    Path later = complete(lake.checkpoints().resolve("job/chk-10"), 10);
    assertThat(ResumePoint.newest(lake)).contains(new ResumePoint(later, 10));
    assertThat(checkpoint).exists();
  }

  @Test
  void oneThatWasNotCompletedIsNotTaken() throws IOException {
    Path complete = complete(lake.checkpoints().resolve("job/chk-3"), 3);
    Files.createDirectories(lake.checkpoints().resolve("job/chk-4"));
    Path torn = Files.createDirectories(lake.checkpoints().resolve("job/chk-5"));
    Files.write(torn.resolve("_metadata"), new byte[] {0x49, 0x60});

    assertThat(ResumePoint.newest(lake)).contains(new ResumePoint(complete, 3));
  }

  @Test
  void aDamagedOneIsNamedWithTheOneBeforeAndNeitherIsDeleted() throws IOException {
    Path older = complete(lake.savepoints().resolve("savepoint-abc"), 8);
    Path damaged = complete(lake.checkpoints().resolve("job/chk-9"), 9);
    byte[] whole = Files.readAllBytes(damaged.resolve("_metadata"));
    Files.write(damaged.resolve("_metadata"), Arrays.copyOf(whole, 18));

    assertThatThrownBy(() -> ResumePoint.newest(lake))
        .isInstanceOf(WrongUse.class)
        .hasMessageContaining(damaged + " (checkpoint 9), is damaged")
        .hasMessageContaining(older + " (checkpoint 8)")
        .hasMessageContaining("sink.on.rewind=rollback");
    assertThat(older).exists();
  }

  @Test
  void theNewestAndTheOneBeforeAreKeptWithTheStateTheyShare() throws IOException {
    complete(lake.savepoints().resolve("savepoint-old"), 2);
    Path before = complete(lake.checkpoints().resolve("job/chk-3"), 3);
    Path newest = complete(lake.checkpoints().resolve("job/chk-4"), 4);
    Path shared = Files.createDirectories(lake.checkpoints().resolve("job/shared"));
    Files.createDirectories(lake.checkpoints().resolve("job/chk-5"));

    ResumePoint.deleteOlder(lake);

    assertThat(list(lake.savepoints())).isEmpty();
    assertThat(list(lake.checkpoints().resolve("job")))
        .containsExactlyInAnyOrder(before, newest, shared);
  }

  @Test
  void savepointsReplaceAllCheckpoints() throws IOException {
    complete(lake.checkpoints().resolve("job/chk-2"), 2);
    Files.createDirectories(lake.checkpoints().resolve("job/shared"));
    Path before = complete(lake.savepoints().resolve("savepoint-before"), 3);
    Path newest = complete(lake.savepoints().resolve("savepoint-new"), 4);

    ResumePoint.deleteOlder(lake);

    assertThat(list(lake.checkpoints())).isEmpty();
    assertThat(list(lake.savepoints())).containsExactlyInAnyOrder(before, newest);
  }

  /** The lake of a release whose {@code config.yaml} had another one. */
  @Test
  void aCheckpointIsReadByTheStateBackendThatWroteIt() throws IOException {
    KeyGroupRangeOffsets keyGroups = new KeyGroupRangeOffsets(new KeyGroupRange(0, 0));
    StreamStateHandle bytes = new ByteStreamStateHandle("state", new byte[] {1});
    Path folder = lake.checkpoints().resolve("job/chk-3");

    assertThat(backend(folder, new KeyGroupsStateHandle(keyGroups, bytes))).contains("hashmap");
    assertThat(backend(folder, new KeyGroupsSavepointStateHandle(keyGroups, bytes))).isEmpty();
    assertThat(
            backend(
                folder,
                new IncrementalRemoteKeyedStateHandle(
                    UUID.randomUUID(), new KeyGroupRange(0, 0), 3, List.of(), List.of(), bytes)))
        .contains("rocksdb");
  }

  private static Optional<String> backend(Path folder, KeyedStateHandle keyedState)
      throws IOException {
    OperatorState operator = new OperatorState(null, null, new OperatorID(1, 2), 1, 1);
    operator.putState(0, OperatorSubtaskState.builder().setManagedKeyedState(keyedState).build());
    complete(folder, 3, List.of(operator));
    return new ResumePoint(folder, 3).stateBackend();
  }

  private static Path complete(Path folder, long checkpointId) throws IOException {
    return complete(folder, checkpointId, List.of());
  }

  /** As Flink writes it. */
  private static Path complete(Path folder, long checkpointId, List<OperatorState> operators)
      throws IOException {
    Files.createDirectories(folder);
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(folder.resolve("_metadata")))) {
      Checkpoints.storeCheckpointMetadata(
          new CheckpointMetadata(checkpointId, operators, List.of()), out);
    }
    return folder;
  }

  private static List<Path> list(Path folder) throws IOException {
    try (var entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}
