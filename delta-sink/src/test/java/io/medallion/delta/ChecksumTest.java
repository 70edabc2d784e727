package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.medallion.delta.SinkSimulation.Checkpoint;
import io.medallion.delta.fault.FaultFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;

/** Kernel believes the checksum of a version more than its log, so it must say the same. */
class ChecksumTest extends RunningJob {

  private static final RowType MORE =
      RowType.of(
          new LogicalType[] {new BigIntType(), VarCharType.STRING_TYPE, new BigIntType()},
          new String[] {"id", "parity", "more"});

  @Test
  void itIsTrueOfACommitOfTheJob() throws Exception {
    job.failover(); // Log maintenance has come to its end.

    assertTrueOfTheNewestVersion();
  }

  @Test
  void itIsTrueOfARollback() throws Exception {
    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, first);

    assertTrueOfTheNewestVersion();
  }

  @Test
  void itIsTrueOfARollbackAcrossAMerge() throws Exception {
    Checkpoint before = job.completed();
    rewrite();
    commitOfTheJob();
    job.resubmit(numbers.onRewind(RewindPolicy.ROLLBACK), 1, before);

    assertTrueOfTheNewestVersion();
  }

  @Test
  void itIsTrueOfAMerge() throws Exception {
    rewrite();

    assertTrueOfTheNewestVersion();
  }

  @Test
  void itIsTrueOfADelete() throws Exception {
    DeltaDelete.run(
        numbers.table().snapshot(),
        numbers.path(),
        FaultFileSystem.settings(),
        now ->
            new DeltaDelete.Removal(
                numbers.table().files().subList(0, 1), "id < 5", Map.of("gone", "some")));

    assertTrueOfTheNewestVersion();
  }

  @Test
  void itIsTrueOfAddedColumns() throws Exception {
    job.aggregatorFirst();
    job.resubmit(
        numbers.builder().rowType(MORE).onMissingColumns(SchemaPolicy.ADD_COLUMNS).build(),
        1,
        job.completed());

    assertTrueOfTheNewestVersion();
    assertThat(checksum().at("/metadata/schemaString").asText()).contains("more");
  }

  private void rewrite() throws Exception {
    try (DeltaRewrite<Long> rewrite =
        DeltaRewrite.of(numbers.sink(), numbers.table().snapshot(), any -> {})) {
      numbers.table().files().forEach(rewrite::replace);
      for (long id : numbers.ids()) {
        rewrite.write(id);
      }
      rewrite.commit();
    }
  }

  private void assertTrueOfTheNewestVersion() throws IOException {
    JsonNode checksum = checksum();
    JsonNode metadata = null;
    for (long version = 0; version <= numbers.table().version(); version++) {
      for (JsonNode action : foreign.actions(version)) {
        metadata = action.has("metaData") ? action.get("metaData") : metadata;
      }
    }
    assertThat(checksum.path("numFiles").asInt()).isEqualTo(numbers.table().files().size());
    assertThat(checksum.path("tableSizeBytes").asLong())
        .isEqualTo(numbers.table().files().stream().mapToLong(ChecksumTest::size).sum());
    assertThat(checksum.at("/metadata/schemaString")).isEqualTo(metadata.get("schemaString"));
    assertThat(checksum.at("/metadata/configuration")).isEqualTo(metadata.get("configuration"));
    assertThat(checksum.at("/metadata/id")).isEqualTo(metadata.get("id"));
  }

  private static long size(Row file) {
    return InternalScanFileUtils.getAddFileStatus(file).getSize();
  }

  private JsonNode checksum() throws IOException {
    Path entry = foreign.logEntry(numbers.table().version());
    Path file = entry.resolveSibling(entry.getFileName().toString().replace(".json", ".crc"));
    assertThat(file).exists();
    return new JsonMapper().readTree(Files.readString(file));
  }
}
