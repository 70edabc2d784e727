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

  private static final Lineage LINEAGE_OF_TWO = new Lineage("table", "second", Map.of("first", 7L));
  private static final String LINEAGE_FORM =
      "000000057461626c65000000067365636f6e64000000010000000566697273740000000000000007";
  private static final DataFile FILE =
      new DataFile("day=1/a.parquet", Map.of("day", "1"), 10, 20, 30, "{}");
  private static final String FILE_FORM =
      "0000000f6461793d312f612e7061727175657400000001000000036461790000000131000000000000000a"
          + "0000000000000014000000000000001e000000027b7d";

  /** Checkpoint 11 of "second", behind the byte that says that there is one. */
  private static final String COMMIT_FORM = "01000000067365636f6e64000000000000000b";

  private static final String THIRTEEN = "000000000000000d";
  private static final String ONE = "00000001";

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
    assertThat(read(BinaryFormat.sinkStates(), 1, LINEAGE_FORM))
        .isEqualTo(new SinkState(LINEAGE_OF_TWO, Optional.empty()));
    assertThat(read(BinaryFormat.committables(), 1, LINEAGE_FORM + THIRTEEN + ONE + FILE_FORM))
        .isEqualTo(
            new DeltaCommittable(LINEAGE_OF_TWO, 13, Optional.empty(), false, List.of(FILE)));
  }

  /** A form that changes gets a version of its own, and these bytes are read as those before. */
  @Test
  void theFormsOfThisReleaseStay() throws IOException {
    Optional<CommitId> previous = Optional.of(new CommitId("second", 11));

    assertForm(BinaryFormat.dataFiles(), 1, FILE, FILE_FORM);
    assertForm(
        BinaryFormat.committables(),
        2,
        new DeltaCommittable(LINEAGE_OF_TWO, 13, previous, true, List.of(FILE)),
        LINEAGE_FORM + THIRTEEN + COMMIT_FORM + "01" + ONE + FILE_FORM);
    assertForm(
        BinaryFormat.sinkStates(),
        2,
        new SinkState(LINEAGE_OF_TWO, previous),
        LINEAGE_FORM + COMMIT_FORM);
    assertForm(BinaryFormat.nothing(), 1, null, "");
  }

  private static <T> void assertForm(
      SimpleVersionedSerializer<T> serializer, int version, T value, String form)
      throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(version);
    assertThat(serializer.serialize(value)).asHexString().isEqualToIgnoringCase(form);
    assertThat(read(serializer, version, form)).isEqualTo(value);
  }

  private static <T> T read(SimpleVersionedSerializer<T> serializer, int version, String form)
      throws IOException {
    return serializer.deserialize(version, HexFormat.of().parseHex(form));
  }

  @Test
  void aNewerFormatIsRefusedWithAnAdvice() {
    assertThatThrownBy(() -> BinaryFormat.sinkStates().deserialize(3, new byte[0]))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("written by a newer release");
  }
}
