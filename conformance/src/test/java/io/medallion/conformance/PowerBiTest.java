package io.medallion.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.delta.standalone.actions.Metadata;
import io.delta.standalone.types.StructField;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What the queries of {@code powerbi/} rely on. Power BI does not run here: delta-standalone, which
 * knows reader version 1 only, stands in for {@code DeltaLake.Table}. {@link SameRowsTest} has it
 * read all rows; the checks in {@code powerbi/checks} hold the queries and the model against the
 * file that is compared here.
 */
@ExtendWith(Shared.class)
class PowerBiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void theTablesHaveTheColumnsThatPowerBiIsToldOf(Lake lake) throws IOException {
    ObjectNode schema = JSON.createObjectNode();
    for (String table : lake.tables().names()) {
      Metadata metadata = StandaloneReader.metadata(lake.tables().path(table));
      ObjectNode described = schema.putObject(table);
      metadata.getPartitionColumns().forEach(described.putArray("partitionColumns")::add);
      ObjectNode columns = described.putObject("columns");
      for (StructField field : metadata.getSchema().getFields()) {
        columns.put(field.getName(), field.getDataType().getTypeName());
      }
    }
    Path actual = BuildFolders.target().resolve("lake-schema.json");
    Files.writeString(
        actual, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n");

    Path told = BuildFolders.root().resolve("powerbi/checks/lake-schema.json");
    assertThat(schema)
        .as(
            "The columns of the lake are not those in %s. If that is meant, copy %s there, then run"
                + " powerbi/checks to see what else has to change.",
            told, actual)
        .isEqualTo(JSON.readTree(told.toFile()));
  }

  /** The keys of its facts, and that the measure Gold difference is 0 unless something is wrong. */
  @Test
  void bothGoldTablesHaveEachKeyOnceAndTellTheSame(Lake lake) throws Exception {
    List<JsonNode> byStation = rows(lake, "gold/weather_by_station");
    List<JsonNode> summary = rows(lake, "gold/weather_summary");

    assertThat(byStation)
        .extracting(row -> row.get("windowStart"), row -> row.get("stationId"))
        .doesNotHaveDuplicates();
    assertThat(summary).extracting(row -> row.get("windowStart")).doesNotHaveDuplicates();
    assertThat(sum(byStation, row -> row.get("eventCount").asDouble()))
        .isEqualTo(sum(summary, row -> row.get("eventCount").asDouble()));
    for (String mean : List.of("temperature", "humidity", "windSpeed", "precipitation")) {
      assertThat(weightedMean(byStation, mean))
          .as(mean)
          .isCloseTo(weightedMean(summary, mean), within(1e-9));
    }
  }

  private static List<JsonNode> rows(Lake lake, String table) throws Exception {
    List<JsonNode> rows = new ArrayList<>();
    for (String row : new StandaloneReader().rows(lake.tables().path(table))) {
      rows.add(JSON.readTree(row));
    }
    return rows;
  }

  /** As the model's measures have it: means of windows, weighted by their events. */
  private static double weightedMean(List<JsonNode> rows, String mean) {
    return sum(rows, row -> row.get(mean).asDouble() * row.get("eventCount").asDouble())
        / sum(rows, row -> row.get("eventCount").asDouble());
  }

  private static double sum(List<JsonNode> rows, ToDoubleFunction<JsonNode> value) {
    return rows.stream().mapToDouble(value).sum();
  }

  /** Pipeline health reads these files of a table, and no rows. */
  @TestFactory
  Stream<DynamicTest> theLogTellsTheTimeOfEachCommitAndTheSizeOfTheTable(Lake lake) {
    return lake.tables()
        .each(
            table -> {
              DeltaLogFiles log = lake.tables().log(table);
              assertThat(log.actions("commitInfo"))
                  .allSatisfy(info -> assertThat(info.get("timestamp").isIntegralNumber()).isTrue())
                  .hasSizeGreaterThan(1);
              assertThat(log.checksum().get("numFiles").asInt())
                  .isEqualTo(log.actions("add").size() - log.actions("remove").size());
              assertThat(log.checksum().get("tableSizeBytes").asLong())
                  .isEqualTo(
                      log.actions("add").stream().mapToLong(add -> add.get("size").asLong()).sum());
            });
  }
}
