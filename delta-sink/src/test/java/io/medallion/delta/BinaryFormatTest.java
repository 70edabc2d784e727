package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/** What a checkpoint holds can be read again, and what can't is refused. */
class BinaryFormatTest {

  private static final Lineage LINEAGE =
      Lineage.startingAt("table", "first")
          .continuedBy("second", 7, epoch -> true)
          .continuedBy("third", 12, epoch -> true);

  @Test
  void aCommittableIsReadBackAsWrittenHoweverLongItsStatistics() throws IOException {
    DataFile file =
        new DataFile("day=1/é.parquet", Map.of("day", "1"), 10, 20, 30, "x".repeat(100_000));
    DeltaCommittable committable =
        new DeltaCommittable(
            LINEAGE, 13, Optional.of(new CommitId("second", 11)), true, List.of(file, file));
    SimpleVersionedSerializer<DeltaCommittable> serializer = BinaryFormat.committables();
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(committable)))
        .isEqualTo(committable);
  }

  @Test
  void aStateIsReadBackAsWritten() throws IOException {
    SimpleVersionedSerializer<SinkState> serializer = BinaryFormat.sinkStates();
    for (Optional<CommitId> lastSent :
        List.of(Optional.<CommitId>empty(), Optional.of(new CommitId("second", 11)))) {
      SinkState state = new SinkState(LINEAGE, lastSent);
      SinkState read = serializer.deserialize(serializer.getVersion(), serializer.serialize(state));
      assertThat(read).isEqualTo(state);
      assertThat(read.lineage().leftAt("first")).hasValue(7);
      assertThat(read.lineage().leftAt("other")).isEmpty();
    }
  }

  @Test
  void theFormsOfTheFirstReleaseAreRead() throws IOException {
    Lineage lineage = new Lineage("table", "second", Map.of("first", 7L));
    String lineageBytes =
        "000000057461626c65000000067365636f6e64000000010000000566697273740000000000000007";
    String fileBytes =
        "000000000000000d000000010000000f6461793d312f612e706172717565"
            + "7400000001000000036461790000000131000000000000000a0000000000000014000000000000001e000000027b7d";

    assertThat(BinaryFormat.sinkStates().deserialize(1, HexFormat.of().parseHex(lineageBytes)))
        .isEqualTo(new SinkState(lineage, Optional.empty()));
    assertThat(
            BinaryFormat.committables()
                .deserialize(1, HexFormat.of().parseHex(lineageBytes + fileBytes)))
        .isEqualTo(
            new DeltaCommittable(
                lineage,
                13,
                Optional.empty(),
                false,
                List.of(new DataFile("day=1/a.parquet", Map.of("day", "1"), 10, 20, 30, "{}"))));
  }

  @Test
  void aNewerFormatIsRefusedWithAnAdvice() {
    assertThatThrownBy(() -> BinaryFormat.sinkStates().deserialize(3, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written by a newer release");
  }
}
