package io.medallion.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.DirectSink;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.preflight.Preflight;
import io.medallion.job.preflight.PreflightException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The storage itself: exclusive creation, the class path of the image, the preflight. */
@Timeout(180)
class AzuriteTest {

  private static final String CONNECTION_STRING =
      "Endpoint=sb://127.0.0.1/;SharedAccessKeyName=test;SharedAccessKey=dGVzdA==";

  private static final String[] NUMBER = {"number"};

  @TempDir static Path folder;
  private static Azurite azurite;
  private static EmbeddedBroker broker;
  private static Configuration flink;

  @BeforeAll
  static void start() throws Exception {
    azurite = Azurite.start(Files.createDirectory(folder.resolve("azurite")));
    broker =
        EmbeddedBroker.builder()
            .dataDir(folder.resolve("broker"))
            .connectionString(CONNECTION_STRING)
            .start();
    broker.createTopic("weather", 1);
    Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING);
    flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, Azurite.uri("state") + "/checkpoints");
    flink.setString("fs.allowed-fallback-filesystems", "abfs;abfss");
    azurite.settings().forEach((key, value) -> flink.setString("flink.hadoop." + key, value));
    FileSystem.initialize(flink, null);
  }

  @AfterAll
  static void stop() throws Exception {
    FileSystem.initialize(new Configuration(), null);
    if (broker != null) {
      broker.close();
    }
    if (azurite != null) {
      azurite.close();
    }
  }

  @Test
  void ofSeveralThatCreateAFileOneWins() throws Exception {
    StorageContract.assertOneCreatorWins(
        new org.apache.hadoop.fs.Path(Azurite.uri("race") + "/_delta_log"), azurite.hadoop(), 20);
  }

  /** Each sink stands for a job of its own; the first race is for the table itself. */
  @Test
  void sinksThatRaceForATableLoseNoCommitAndDoubleNone() throws Exception {
    int sinks = 4;
    long commits = 5;
    String table = Azurite.uri("race") + "/table";
    ExecutorService jobs = Executors.newFixedThreadPool(sinks);
    List<Future<Void>> ends = new ArrayList<>();
    for (int job = 0; job < sinks; job++) {
      long first = job * commits;
      DirectSink sink = new DirectSink(table, "job " + job);
      ends.add(
          jobs.submit(
              () -> {
                for (long number = first; number < first + commits; number++) {
                  sink.write(numbers(), List.<RowData>of(GenericRowData.of(number)));
                }
                return null;
              }));
    }
    jobs.shutdown();
    for (Future<Void> end : ends) {
      end.get();
    }

    DeltaTable written = new DeltaTable(table, azurite.hadoop());
    assertThat(written.rows())
        .extracting(row -> row.get("number"))
        .containsExactlyInAnyOrderElementsOf(
            LongStream.range(0, sinks * commits).boxed().map(Object.class::cast).toList());
    assertThat(written.version())
        .as("the creation is 0; then each sink claims the table and commits")
        .isEqualTo(sinks * (1 + commits));
  }

  private static DeltaSinkBuilder<RowData> numbers() {
    return DeltaSink.forRowData(RowType.of(new LogicalType[] {new BigIntType()}, NUMBER))
        .hadoopConf(azurite.settings());
  }

  @Test
  void theJarsForFlinksLibFolderAreEnough() throws Exception {
    String slf4j =
        Path.of(org.slf4j.Logger.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    String classes =
        Path.of(HadoopProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toString();
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElseThrow());
    command.add("-Xmx256m");
    command.add("-cp");
    command.add(String.join(File.pathSeparator, "../docker/hadoop/target/lib/*", slf4j, classes));
    command.add(HadoopProgram.class.getName());
    command.add(Azurite.uri("lib") + "/file");
    azurite.settings().forEach((key, value) -> command.add(key + "=" + value));

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("length 1");
  }

  @Test
  void thePreflightIsContentWithALakeAndStateThatWork() {
    assertThatCode(() -> Preflight.check(config(azurite.settings(), "lake"), flink))
        .doesNotThrowAnyException();
  }

  @Test
  void aWrongKeyIsToldInOneLineWithoutIt() {
    String wrong = "d3JvbmdLZXlDYW5hcnk=";

    assertRefused(
        config(azurite.settings(Azurite.keySetting(), wrong), "lake"),
        "403",
        "hadoop.fs.azure.account",
        wrong);
  }

  @Test
  void aMissingContainerIsToldInOneLine() {
    assertRefused(
        config(
            azurite.settings("fs.azure.createRemoteFileSystemDuringInitialization", "false"),
            "nowhere"),
        "404",
        "container in lake.path exists",
        "?");
  }

  private static void assertRefused(JobConfig config, String status, String advice, String secret) {
    assertThatThrownBy(() -> Preflight.check(config, flink))
        .isInstanceOf(PreflightException.class)
        .message()
        .hasLineCount(1)
        .contains("Cannot use the lake", status, advice)
        .doesNotContain(secret);
  }

  private static JobConfig config(Map<String, String> hadoop, String container) {
    Map<String, String> settings = new HashMap<>();
    settings.put("lake.path", Azurite.uri(container) + "/weather");
    settings.put("source.topic", "weather");
    settings.put("source.bootstrap.servers", broker.bootstrapServers());
    settings.put("source.security.protocol", "sasl_plaintext");
    settings.put("source.connection.string.file", folder.resolve("connection-string").toString());
    hadoop.forEach((key, value) -> settings.put("hadoop." + key, secretFile(key, value)));
    return JobConfig.of(settings);
  }

  /** The job takes no secret that is written out. */
  private static String secretFile(String key, String value) {
    if (!key.contains("account.key")) {
      return value;
    }
    try {
      return "${file:" + Files.writeString(folder.resolve("key-" + value.hashCode()), value) + "}";
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
