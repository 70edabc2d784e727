package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.medallion.job.config.JobConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.lineage.DatasetSchemaFacet;
import org.apache.flink.streaming.api.lineage.LineageDataset;
import org.apache.flink.streaming.api.lineage.LineageGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What listeners of jobs, such as OpenLineage's, are told of this one. */
class JobLineageTest {

  private static final String KEY = "c2VjcmV0LWtleQ==";

  @TempDir private Path folder;
  private LineageGraph lineage;

  @BeforeEach
  void define() throws Exception {
    Path connection =
        Files.writeString(
            folder.resolve("connection"),
            "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=read;SharedAccessKey="
                + KEY);
    StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
    env.enableCheckpointing(1_000);
    MedallionJob.define(
        env,
        JobConfig.fromArgs(
            "--source.connection.string.file",
            connection.toString(),
            "--source.topic",
            "weather",
            "--lake.path",
            "abfss://lake@account.dfs.core.windows.net/weather"));
    lineage = env.getStreamGraph().getLineageGraph();
  }

  @Test
  void theSourceIsTheEventHubAndNotHowToSignIn() {
    LineageDataset hub = lineage.sources().get(0).datasets().get(0);

    assertThat(hub.name()).isEqualTo("weather");
    assertThat(hub.namespace()).isEqualTo("kafka://ns.servicebus.windows.net:9093");
    assertThat(hub.facets().values())
        .filteredOn(KafkaDatasetFacet.class::isInstance)
        .singleElement(type(KafkaDatasetFacet.class))
        .satisfies(facet -> assertThat(facet.getProperties().toString()).doesNotContain(KEY))
        .satisfies(
            facet ->
                assertThat(facet.getProperties())
                    .containsOnlyKeys("bootstrap.servers", "group.id"));
  }

  @Test
  void theSinksAreTheTablesWithTheirColumns() {
    assertThat(lineage.sinks())
        .flatExtracting(vertex -> vertex.datasets())
        .allSatisfy(
            table ->
                assertThat(table.namespace())
                    .isEqualTo("abfss://lake@account.dfs.core.windows.net"))
        .extracting(LineageDataset::name)
        .contains(
            "weather/bronze",
            "weather/silver",
            "weather/quarantine",
            "weather/late",
            "weather/gold/weather_by_station",
            "weather/gold/weather_summary");
    LineageDataset silver =
        lineage.sinks().stream()
            .flatMap(vertex -> vertex.datasets().stream())
            .filter(table -> table.name().equals("weather/silver"))
            .findFirst()
            .orElseThrow();
    DatasetSchemaFacet schema = (DatasetSchemaFacet) silver.facets().get("schema");
    assertThat(schema.<String>fields().get("temperature").type()).isEqualTo("DOUBLE");
    assertThat(schema.fields()).containsKeys("stationId", "eventTime", "eventDate", "offset");
  }
}
