package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.junit.jupiter.api.Test;

/** What a checkpoint holds can be read again, and what can't is refused. */
class BinaryFormatTest {

  private static final Lineage LINEAGE =
      Lineage.startingAt("table", "first").continuedBy("second", 7).continuedBy("third", 12);

  @Test
  void aCommittableIsReadBackAsWrittenHoweverLongItsStatistics() throws IOException {
    DataFile file =
        new DataFile("day=1/é.parquet", Map.of("day", "1"), 10, 20, 30, "x".repeat(100_000));
    DeltaCommittable committable = new DeltaCommittable(LINEAGE, 13, List.of(file, file));
    SimpleVersionedSerializer<DeltaCommittable> serializer = BinaryFormat.committables();
    assertThat(serializer.deserialize(serializer.getVersion(), serializer.serialize(committable)))
        .isEqualTo(committable);
  }

  @Test
  void aLineageIsReadBackAsWritten() throws IOException {
    SimpleVersionedSerializer<Lineage> serializer = BinaryFormat.lineages();
    Lineage read = serializer.deserialize(serializer.getVersion(), serializer.serialize(LINEAGE));
    assertThat(read).isEqualTo(LINEAGE);
    assertThat(read.leftAt("first")).hasValue(7);
    assertThat(read.leftAt("other")).isEmpty();
  }

  @Test
  void aNewerFormatIsRefusedWithAnAdvice() {
    assertThatThrownBy(() -> BinaryFormat.lineages().deserialize(2, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written by a newer release");
  }
}
