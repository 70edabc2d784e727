package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medallion.contract.ContractReader;
import io.medallion.job.config.ConfigException;
import io.medallion.job.config.JobConfig;
import io.medallion.job.gold.GoldCells;
import io.medallion.job.gold.GoldPath;
import io.medallion.job.gold.GoldState;
import io.medallion.job.source.EventSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.api.transformations.OneInputTransformation;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The topology as it is put together, without running it. Windows of 10 ms. */
class MedallionJobTest {

  private static final int MAX_PARALLELISM = 128;

  private final StreamExecutionEnvironment env =
      StreamExecutionEnvironment.getExecutionEnvironment(
              new Configuration().set(PipelineOptions.AUTO_GENERATE_UIDS, false))
          .setParallelism(3);

  @TempDir Path folder;

  private KeyedOneInputStreamOperatorTestHarness<String, GoldState, GoldState> windows;

  @AfterEach
  void close() throws Exception {
    if (windows != null) {
      windows.close();
    }
  }

  @Test
  void everyOperatorHasAnIdOfItsOwn() {
    topology();

    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .doesNotHaveDuplicates()
        .contains(
            "events",
            "hub",
            "gaps",
            "lateness",
            "rejected",
            "valid",
            "deduplication",
            "late-events",
            "on-time",
            "combiner",
            "station-windows",
            "no-late-part",
            "summary-windows");
  }

  @Test
  void eachSizeHasOperatorsOfItsOwnAndTheFirstTablesThoseOfBefore() throws Exception {
    String text =
        ContractReader.standard().text()
            + """
              weather_by_conditions: {by: conditions, columns: {n: count()}}
              weather_by_hour: {window: 1 h, by: stationId, columns: {n: count()}}
              conditions_by_hour: {window: 60 min, by: conditions, columns: {n: count()}}
              weather_by_day: {window: 1 d, columns: {n: count()}}
            """;
    Path file = Files.writeString(folder.resolve("several.yaml"), text);
    JobConfig config = config(Map.of("contract", file.toString()));
    topology(config);

    assertThat(env.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getTransformationUID)
        .doesNotContainNull()
        .doesNotHaveDuplicates()
        .contains(
            "on-time",
            "combiner",
            "station-windows",
            "no-late-part",
            "summary-windows",
            "station-windows-conditions",
            "on-time@PT1H",
            "station-windows@PT1H",
            "station-windows@PT1H-conditions",
            "station-windows@PT24H",
            "summary-windows@PT24H")
        .doesNotContain("summary-windows@PT1H", "station-windows@PT24H-conditions");
    assertThat(GoldPath.all(config))
        .extracting(GoldPath::id)
        .containsExactly("", "-conditions", "@PT1H", "@PT1H-conditions", "@PT24H");
  }

  @Test
  void anEventIsNeverSentOverTheNetworkBeforeItIsCombined() {
    topology();

    assertThat(env.getStreamGraph().getJobGraph().getVerticesAsArray())
        .filteredOn(vertex -> vertex.getName().startsWith("Source"))
        .singleElement()
        .satisfies(
            vertex ->
                assertThat(vertex.getName())
                    .contains("bronze", "quarantine", "silver", "late", "combiner", "gaps"));
  }

  @Test
  void partsOfAWindowAreMergedPerStationAndLeaveNoStateBehind() throws Exception {
    openStationWindows();

    windows.processElement(part("a", 0, 2), 9);
    windows.processElement(part("b", 0, 1), 9);
    windows.processElement(part("a", 10, 4), 19);
    windows.processElement(part("a", 0, 3), 9);
    windows.processWatermark(new Watermark(8));
    assertThat(windows.extractOutputValues()).isEmpty();

    windows.processWatermark(new Watermark(9));

    assertThat(results()).containsExactlyInAnyOrder("a [0, 10) 5", "b [0, 10) 1");
    windows.processWatermark(new Watermark(19));
    assertThat(results()).contains("a [10, 20) 4").hasSize(3);
    assertThat(windows.numKeyedStateEntries()).isZero();
    assertThat(windows.numEventTimeTimers()).isZero();
  }

  @Test
  void aPartThatComesAfterItsWindowClosedIsNotDropped() throws Exception {
    openStationWindows();

    windows.processWatermark(new Watermark(9));

    windows.processElement(part("a", 0, 2), 9);

    assertThat(windows.getSideOutput(GoldCells.latePart())).hasSize(1);
  }

  @Test
  void aJobThatWouldNeverCommitIsRefused() {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> MedallionJob.define(env, config(Map.of())))
        .withMessageContaining("execution.checkpointing.interval");
  }

  @Test
  void definesTheRealJobWithCheckpointsOrForABoundedInput() {
    MedallionJob.define(env, config(Map.of("source.bounded", "true")));
    env.configure(
        new Configuration()
            .set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMinutes(1)));
    MedallionJob.define(env, config(Map.of()));

    assertThat(env.getConfig().isObjectReuseEnabled()).isTrue();
    assertThat(env.getConfig().getSerializerConfig().hasGenericTypesDisabled()).isTrue();
  }

  private void topology() {
    topology(config(Map.of()));
  }

  private void topology(JobConfig config) {
    env.setMaxParallelism(MAX_PARALLELISM);
    MedallionJob.topology(
        env,
        EventSource.of(config, MAX_PARALLELISM),
        new JobSinks(
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            Collections.nCopies(config.rules().contract().gold().size(), new DiscardingSink<>())),
        config);
  }

  private static JobConfig config(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("lake.path", "/lake");
    all.put("source.topic", "weather");
    all.put("source.bootstrap.servers", "localhost:9092");
    all.put("window.size", "10 ms");
    return JobConfig.of(all);
  }

  /** The operator of the topology itself. */
  @SuppressWarnings("unchecked")
  private void openStationWindows() throws Exception {
    topology();
    Transformation<?> transformation =
        env.getTransformations().stream()
            .filter(candidate -> "station-windows".equals(candidate.getUid()))
            .findFirst()
            .orElseThrow();
    windows =
        new KeyedOneInputStreamOperatorTestHarness<>(
            ((OneInputTransformation<GoldState, GoldState>) transformation).getOperatorFactory(),
            GoldCells::key,
            Types.STRING);
    windows.open();
  }

  private static GoldState part(String station, long windowStart, long events) {
    return GoldCells.of(station, windowStart, windowStart + 10, events);
  }

  private List<String> results() {
    return windows.extractOutputStreamRecords().stream()
        .map(StreamRecord::getValue)
        .map(GoldCells::shown)
        .toList();
  }
}
