package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.kernel.data.Row;
import io.medallion.delta.fault.FaultFileSystem;
import io.medallion.delta.fault.FaultPlan.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log checkpoint follows every commit that one is due after, whoever commits; here after all. A
 * job has made the table, come to own it, and committed numbers 0 to 9, when the test begins.
 */
class LogCheckpointTest {

  @TempDir private Path folder;
  private Path table;
  private Numbers numbers;

  @BeforeEach
  void start(TestInfo test) throws Exception {
    String name = test.getTestMethod().orElseThrow().getName();
    table = folder.resolve(name);
    numbers = new Numbers(name, folder);
    try (SinkSimulation job = new SinkSimulation(builder().build(), 1)) {
      job.write(10);
      job.checkpoint();
    }
  }

  private DeltaSinkBuilder<Long> builder() {
    return numbers.builder().tableProperty("delta.checkpointInterval", "1");
  }

  @Test
  void thatARunOwnsTheTableIsFollowedByOne() throws Exception {
    assertThat(logCheckpoints()).contains(1L);
  }

  @Test
  void addedColumnsAreFollowedByOne() throws Exception {
    RowType more =
        RowType.of(
            new LogicalType[] {new BigIntType(), VarCharType.STRING_TYPE, new BigIntType()},
            new String[] {"id", "parity", "more"});

    new SinkSimulation(
            builder()
                .rowType(more)
                .onMissingColumns(SchemaPolicy.ADD_COLUMNS)
                .onRewind(RewindPolicy.APPEND)
                .build(),
            1)
        .close();

    assertThat(logCheckpoints()).isEqualTo(versions());
  }

  @Test
  void rowsThatAreAddedFromOutsideAreFollowedByOne() throws Exception {
    try (DeltaAppend<Long> append = DeltaAppend.to(numbers.sink(), "repair")) {
      append.write(10L);
      append.commit();
    }

    assertThat(logCheckpoints()).isEqualTo(versions());
  }

  @Test
  void filesThatArePutIntoOthersAreFollowedByOne() throws Exception {
    rewrite();

    assertThat(logCheckpoints()).isEqualTo(versions());
    numbers.assertHoldsNumbersBelow(10);
  }

  @Test
  void filesThatAreRemovedAreFollowedByOne() throws Exception {
    DeltaDelete.run(
        numbers.table().snapshot(),
        numbers.path(),
        FaultFileSystem.settings(),
        now -> new DeltaDelete.Removal(numbers.table().files(), "true", Map.of()));

    assertThat(logCheckpoints()).isEqualTo(versions());
    assertThat(numbers.ids()).isEmpty();
  }

  @Test
  void oneThatFailsDoesNotFailTheCommit() throws Exception {
    long before = numbers.table().version();
    numbers
        .faults()
        .failNext(
            1, Moment.BEFORE, operation -> operation.shape().startsWith("create .N.checkpoint"));

    rewrite();

    assertThat(numbers.faults().failed()).isEqualTo(1);
    assertThat(numbers.table().version()).isEqualTo(before + 1);
    assertThat(logCheckpoints()).doesNotContain(before + 1);
    numbers.assertHoldsNumbersBelow(10);
  }

  private void rewrite() throws Exception {
    try (DeltaRewrite<Long> rewrite =
        DeltaRewrite.of(numbers.sink(), numbers.table().snapshot(), any -> {})) {
      for (Row file : numbers.table().files()) {
        rewrite.replace(file);
      }
      for (long id : numbers.ids()) {
        rewrite.write(id);
      }
      rewrite.commit();
    }
  }

  /** Version 0 makes the table; Kernel wants no log checkpoint of it. */
  private List<Long> versions() {
    return LongStream.rangeClosed(1, numbers.table().version()).boxed().toList();
  }

  private List<Long> logCheckpoints() throws IOException {
    try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{20}\\.checkpoint\\.parquet"))
          .map(name -> Long.parseLong(name.substring(0, 20)))
          .sorted()
          .toList();
    }
  }
}
