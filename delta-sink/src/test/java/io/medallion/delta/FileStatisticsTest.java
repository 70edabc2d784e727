package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.kernel.data.Row;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.actions.AddFile;
import io.medallion.delta.testing.DeltaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.DoubleType;
import org.apache.flink.table.types.logical.LocalZonedTimestampType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The statistics in the log never exclude a row that is in the file. */
class FileStatisticsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void countsAndBoundsAreThoseOfTheRows() throws Exception {
    JsonNode statistics =
        statistics(
            new BigIntType(), List.of(GenericRowData.of(5L), GenericRowData.of(-3L), nulls()));
    assertThat(statistics.get("numRecords").asLong()).isEqualTo(3);
    assertThat(statistics.at("/minValues/value").asLong()).isEqualTo(-3);
    assertThat(statistics.at("/maxValues/value").asLong()).isEqualTo(5);
    assertThat(statistics.at("/nullCount/value").asLong()).isEqualTo(1);
  }

  @Test
  void aColumnOfNullsHasACountAndNoBounds() throws Exception {
    JsonNode statistics = statistics(new BigIntType(), List.of(nulls(), nulls()));
    assertThat(statistics.at("/nullCount/value").asLong()).isEqualTo(2);
    assertThat(statistics.at("/minValues/value").isMissingNode()).isTrue();
  }

  @Test
  void aNaNLeavesTheColumnWithoutBounds() throws Exception {
    JsonNode statistics =
        statistics(
            new DoubleType(),
            List.of(GenericRowData.of(1.0), GenericRowData.of(Double.NaN), GenericRowData.of(2.0)));
    assertThat(statistics.at("/minValues/value").isMissingNode()).isTrue();
    assertThat(statistics.at("/maxValues/value").isMissingNode()).isTrue();
  }

  @Test
  void aBoundOfZeroCoversBothZeros() throws Exception {
    JsonNode fromZero =
        statistics(new DoubleType(), List.of(GenericRowData.of(0.0), GenericRowData.of(1.0)));
    assertThat(Double.compare(fromZero.at("/minValues/value").asDouble(), -0.0)).isZero();
  }

  @Test
  void longStringsAreCutSoThatTheBoundsStillHold() throws Exception {
    String longest = "é".repeat(40);
    JsonNode statistics =
        statistics(
            VarCharType.STRING_TYPE, List.of(GenericRowData.of(StringData.fromString(longest))));
    String min = statistics.at("/minValues/value").asText();
    String max = statistics.at("/maxValues/value").asText();
    assertThat(min).isEqualTo("é".repeat(32));
    assertThat(max).startsWith(min);
    assertThat(StringData.fromString(max).compareTo(StringData.fromString(longest))).isPositive();
  }

  @Test
  void theUpperBoundHoldsForTheLastCodePointOfAllToo() throws Exception {
    String last = Character.toString(Character.MAX_CODE_POINT);
    String longest = "a".repeat(32) + last + last + "z";
    JsonNode statistics =
        statistics(
            VarCharType.STRING_TYPE, List.of(GenericRowData.of(StringData.fromString(longest))));
    String max = statistics.at("/maxValues/value").asText();
    assertThat(StringData.fromString(max).compareTo(StringData.fromString(longest))).isPositive();
  }

  @Test
  void timestampsAreUtcMilliseconds() throws Exception {
    JsonNode statistics =
        statistics(
            new LocalZonedTimestampType(6),
            List.of(GenericRowData.of(TimestampData.fromEpochMillis(1_000_000_000_123L, 456_000))));
    assertThat(statistics.at("/minValues/value").asText()).isEqualTo("2001-09-09T01:46:40.123Z");
  }

  @Test
  void binaryHasNoBounds() throws Exception {
    JsonNode statistics =
        statistics(
            new VarBinaryType(VarBinaryType.MAX_LENGTH),
            List.of(GenericRowData.of((Object) new byte[] {-1, -2})));
    assertThat(statistics.at("/minValues/value").isMissingNode()).isTrue();
    assertThat(statistics.at("/nullCount/value").asLong()).isZero();
  }

  private JsonNode statistics(LogicalType type, List<GenericRowData> rows) throws Exception {
    DirectSink sink = new DirectSink(folder.toUri() + "table");
    RowType rowType = RowType.of(new LogicalType[] {type}, new String[] {"value"});
    List<RowData> rowData = new ArrayList<>(rows);
    sink.write(rowType, List.of(), rowData);
    Row file = new DeltaTable(sink.path()).files().get(0);
    AddFile add = new AddFile(file.getStruct(InternalScanFileUtils.ADD_FILE_ORDINAL));
    return JSON.readTree(add.getStatsJson().orElseThrow());
  }

  private static GenericRowData nulls() {
    return new GenericRowData(1);
  }
}
