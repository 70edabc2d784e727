package io.medallion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The log asks nothing of a reader that readers of version 1 don't know. */
@ExtendWith(Shared.class)
class ProtocolTest {

  @TestFactory
  Stream<DynamicTest> theProtocolActionIsReader1Writer2AndNothingElse(
      SampleTables samples, Lake lake) {
    return Stream.of(samples.tables(), lake.tables())
        .flatMap(tables -> tables.each(table -> requireOldProtocol(tables.log(table))));
  }

  static void requireOldProtocol(DeltaLogFiles log) throws Exception {
    List<String> protocols = log.actions("protocol").stream().map(JsonNode::toString).toList();
    assertThat(protocols).containsExactly("{\"minReaderVersion\":1,\"minWriterVersion\":2}");
  }

  @Test
  void aLongLogHasAClassicCheckpoint(SampleTables samples) throws Exception {
    assertThat(samples.tables().log("every_type").checkpoints())
        .containsExactly("00000000000000000010.checkpoint.parquet");
  }
}
