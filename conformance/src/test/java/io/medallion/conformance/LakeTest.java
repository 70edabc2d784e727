package io.medallion.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.ThrowingConsumer;

/**
 * The lake has in it nothing that Power BI, Fabric and Synapse serverless refuse, as far as the
 * tables tell: none of the three runs here.
 */
@ExtendWith(Shared.class)
class LakeTest {

  /** Without binary, timestamp_ntz, structs, lists and maps: Fabric's Direct Lake has none. */
  private static final Set<String> TYPES_OF_GOLD =
      Set.of("string", "long", "integer", "double", "boolean", "date", "timestamp");

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void allTablesAreThereAndHaveRowsButTheOneOfGaps(Lake lake) {
    assertThat(lake.tables().names())
        .containsExactlyInAnyOrder(
            "bronze",
            "silver",
            "quarantine",
            "late",
            "gaps",
            "gold/weather_by_station",
            "gold/weather_summary");
    assertThat(lake.tables().rows())
        .allSatisfy(
            (table, rows) -> assertThat(rows.isEmpty()).as(table).isEqualTo(table.equals("gaps")));
  }

  @TestFactory
  Stream<DynamicTest> goldIsFlatAndOfTypesThatPowerBiTakes(Lake lake) {
    return eachOfGold(
        lake,
        table -> {
          JsonNode metadata = metadata(lake, table);
          assertThat(metadata.get("partitionColumns")).isEmpty();
          assertThat(columns(metadata))
              .allSatisfy(column -> assertThat(column.get("type").asText()).isIn(TYPES_OF_GOLD));
        });
  }

  @TestFactory
  Stream<DynamicTest> goldHasNeitherNaNNorInfinity(Lake lake) {
    return eachOfGold(
        lake,
        table ->
            assertThat(lake.tables().rows().get(table))
                .noneMatch(row -> row.matches(".*\"(NaN|-?Infinity)\".*")));
  }

  @TestFactory
  Stream<DynamicTest> columnNamesNeedNoQuotes(Lake lake) {
    return lake.tables()
        .each(
            table ->
                assertThat(columns(metadata(lake, table)))
                    .extracting(column -> column.get("name").asText())
                    .allMatch(name -> name.matches("[A-Za-z][A-Za-z0-9]*")));
  }

  /** Synapse serverless fails on a null partition value. */
  @TestFactory
  Stream<DynamicTest> noPartitionValueIsNull(Lake lake) {
    return lake.tables()
        .each(
            table -> {
              for (JsonNode add : lake.tables().log(table).actions("add")) {
                assertThat(add.get("partitionValues")).noneMatch(JsonNode::isNull);
              }
            });
  }

  private static Stream<DynamicTest> eachOfGold(Lake lake, ThrowingConsumer<String> test) {
    return lake.tables().each(test).filter(each -> each.getDisplayName().startsWith("gold/"));
  }

  private static JsonNode metadata(Lake lake, String table) throws IOException {
    List<JsonNode> all = lake.tables().log(table).actions("metaData");
    return all.get(all.size() - 1);
  }

  private static Iterable<JsonNode> columns(JsonNode metadata) throws IOException {
    return JSON.readTree(metadata.get("schemaString").asText()).get("fields");
  }
}
