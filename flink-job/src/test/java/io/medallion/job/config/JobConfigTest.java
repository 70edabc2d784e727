package io.medallion.job.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.delta.Compression;
import io.medallion.delta.RewindPolicy;
import io.medallion.job.rules.EventTimeRule;
import io.medallion.job.rules.Rules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.MemorySize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobConfigTest {

  private static final String SECRET = "c2VjcmV0";
  private static final String CONNECTION_STRING =
      "Endpoint=sb://ns.servicebus.windows.net/;SharedAccessKeyName=n;SharedAccessKey="
          + SECRET
          + ";EntityPath=weather";

  @TempDir Path folder;

  @Test
  void hasTheOriginalsDefaults() {
    JobConfig config = JobConfig.of(minimal());

    assertThat(config.windows())
        .isEqualTo(
            new WindowConfig(
                List.of(Duration.ofMinutes(5), Duration.ofMinutes(5)),
                new LatenessConfig(
                    Duration.ofMinutes(5),
                    Optional.of(Duration.ofHours(1)),
                    Duration.ofMinutes(1))));
    assertThat(config.deduplication())
        .isEqualTo(new DeduplicationConfig(true, Duration.ofMinutes(10), 10_000_000));
    assertThat(config.sink().compression()).isEqualTo(Compression.ZSTD);
    assertThat(config.sink().targetFileSize()).isEqualTo(MemorySize.ofMebiBytes(128));
    assertThat(config.sink().deltaCheckpointInterval()).isEqualTo(10);
    assertThat(config.sink().onRewind()).isEqualTo(RewindPolicy.FAIL);
    assertThat(config.compaction())
        .isEqualTo(
            new CompactionConfig(
                Set.of("gold/weather_by_station", "gold/weather_summary"),
                100,
                MemorySize.ofMebiBytes(128)));
    assertThat(config.source().startingOffsets()).isEqualTo(StartingOffsets.EARLIEST);
    assertThat(config.source().expiredOffsets()).isEqualTo(ExpiredOffsets.FAIL);
    assertThat(config.source().bounded()).isFalse();
    assertThat(config.source().clientProperties())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("bootstrap.servers", "localhost:9092", "security.protocol", "PLAINTEXT"));
  }

  @Test
  void withoutSettingsTheRulesAreTheStandardOnesAndTheAlarmOnlyLogs() {
    JobConfig config = JobConfig.of(minimal());

    assertThat(config.rules()).isEqualTo(Rules.standard());
    assertThat(config.alarm())
        .isEqualTo(new AlarmConfig(0.2, Duration.ofMinutes(1), 100, AlarmAction.LOG));
  }

  @Test
  void everyRuleCanBeSet() {
    Map<String, String> settings = minimal();
    settings.put("rule.temperature.range", "-80..60.5");
    settings.put("rule.temperature.severity", "warn");
    settings.put("rule.humidity.range", "0..110");
    settings.put("rule.wind.speed.severity", "WARN");
    settings.put("rule.precipitation.range", "0..100");
    settings.put("event.future.tolerance", "1 min");

    assertThat(JobConfig.of(settings).rules())
        .isEqualTo(
            Rules.standard()
                .with("temperature", Range.parse("-80..60.5"), Severity.WARN)
                .with("humidity", Range.parse("0..110"), Severity.REJECT)
                .with("windSpeed", Range.parse("0..270"), Severity.WARN)
                .with("precipitation", Range.parse("0..100"), Severity.REJECT)
                .with(
                    new EventTimeRule(
                        Duration.ofMinutes(1), Duration.ofDays(90), Severity.REJECT)));
  }

  @Test
  void aBackfillHasNoLateArrival() {
    Map<String, String> settings = minimal();
    settings.put("event.late.arrival", "off");

    assertThat(JobConfig.of(settings).windows().lateness().lateArrival()).isEmpty();
  }

  @Test
  void theRowsOfALaterEventHubHaveANameOfTheirOwn() {
    Map<String, String> settings = minimal();
    settings.put("source.generation", "2");

    assertThat(JobConfig.of(minimal()).source().name().text()).isEqualTo("weather");
    assertThat(JobConfig.of(settings).source().name().text()).isEqualTo("weather@2");
  }

  @ParameterizedTest
  @CsvSource({"event.late.arrival, 2 d", "window.out.of.orderness, 25 h"})
  void settingsThatContradictEachOtherAreRefused(String key, String value) {
    Map<String, String> settings = minimal();
    settings.put("event.past.tolerance", "1 d");
    settings.put(key, value);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> JobConfig.of(settings))
        .withMessageContainingAll("'" + key + "' is longer than 'event.past.tolerance'", "Shorten");
  }

  @Test
  void entraIdTakesThePlaceOfTheConnectionString() throws Exception {
    Path azure = Path.of("../flink-conf/job-azure.properties");
    Path entra = Path.of("../flink-conf/eventhubs-entra.properties");

    SourceConfig source =
        JobConfig.fromArgs(
                "--conf", azure.toString(),
                "--conf", entra.toString(),
                "--lake.path", "/lake",
                "--source.topic", "weather",
                "--source.bootstrap.servers", "ns.servicebus.windows.net:9093")
            .source();

    assertThat(source.clientProperties())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "OAUTHBEARER")
        .containsEntry(
            "sasl.login.callback.handler.class", "io.medallion.eventhubs.EntraLoginCallbackHandler")
        .hasEntrySatisfying(
            "sasl.jaas.config", jaas -> assertThat(jaas).contains("WORKLOAD_IDENTITY"));
  }

  @Test
  void twoWaysToSignInAreAnError() {
    Map<String, String> settings = minimal();
    settings.put("source.entra.credential", "managed-identity");
    settings.put("source.connection.string.env", "SOME_VARIABLE");

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> JobConfig.of(settings))
        .withMessageContaining("'source.entra.credential' and 'source.connection.string.env'");
  }

  @Test
  void argumentsWinOverTheFile() throws Exception {
    Path file = folder.resolve("job.properties");
    Files.writeString(
        file,
        """
        lake.path = /lake
        source.topic = weather
        source.bootstrap.servers = localhost:9092
        window.size = 10 s
        sink.compression = snappy
        """);

    JobConfig config = JobConfig.fromArgs("--conf", file.toString(), "--window.size", "1 min");

    assertThat(config.windows().tables()).containsOnly(Duration.ofMinutes(1));
    assertThat(config.sink().compression()).isEqualTo(Compression.SNAPPY);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', '', PT5M PT5M",
    "'', '', 10 s, PT10S PT10S",
    "'', 1 h, '', PT5M PT1H",
    "'', 1 h, 10 s, PT10S PT1H",
    "5 min, 1 h, 10 s, PT5M PT1H",
    "1 h, 60 min, '', PT1H PT1H",
    "1 h, 60 min, 10 s, PT10S PT10S"
  })
  void aTableHasItsOwnWindowsElseThoseThatAreSet(
      String first, String second, String setting, String expected) throws Exception {
    Path contract =
        Files.writeString(
            folder.resolve("two.yaml"),
            """
            contract: two
            version: 1
            event: {key: {column: k, from: [record key]}, time: {from: [enqueued time]}}
            fields: {x: {type: double}}
            gold:
              a: {%s columns: {n: count()}}
              b: {%s columns: {n: count()}}
            """
                .formatted(
                    first.isEmpty() ? "" : "window: " + first + ",",
                    second.isEmpty() ? "" : "window: " + second + ","));
    Map<String, String> settings = minimal();
    settings.put("contract", contract.toString());
    if (!setting.isEmpty()) {
      settings.put("window.size", setting);
    }

    assertThat(JobConfig.of(settings).windows().tables().stream().map(Duration::toString))
        .containsExactly(expected.split(" ", -1));
  }

  @Test
  void aConnectionStringTellsServersHubAndSignIn() throws Exception {
    Path file = folder.resolve("secret");
    Files.writeString(file, CONNECTION_STRING + "\n");

    SourceConfig source =
        JobConfig.of(Map.of("lake.path", "/lake", "source.connection.string.file", file.toString()))
            .source();

    assertThat(source.topic()).isEqualTo("weather");
    assertThat(source.clientProperties())
        .containsEntry("bootstrap.servers", "ns.servicebus.windows.net:9093")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .hasEntrySatisfying(
            "sasl.jaas.config",
            jaas -> assertThat(jaas).contains(file.toString()).doesNotContain(SECRET));
  }

  @Test
  void showsNoSecret() throws Exception {
    Path file = folder.resolve("secret");
    Files.writeString(file, CONNECTION_STRING);
    Map<String, String> settings = minimal();
    settings.put("source.connection.string.file", file.toString());
    settings.put("kafka.ssl.truststore.password", "${file:" + file + "}");
    settings.put("hadoop.fs.azure.account.key.x", "${file:" + file + "}");

    JobConfig config = JobConfig.of(settings);

    assertThat(config.sink().hadoop()).containsEntry("fs.azure.account.key.x", CONNECTION_STRING);
    assertThat(config.toString()).contains("fs.azure.account.key.x").doesNotContain(SECRET);
  }

  @Test
  void handsOtherSettingsToKafkaAndHadoop() {
    Map<String, String> settings = minimal();
    settings.put("kafka.max.poll.records", "77");
    settings.put("hadoop.fs.azure.always.use.https", "false");

    JobConfig config = JobConfig.of(settings);

    assertThat(config.source().consumerProperties()).isEqualTo(Map.of("max.poll.records", "77"));
    assertThat(config.sink().hadoop()).isEqualTo(Map.of("fs.azure.always.use.https", "false"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window.size | five | The setting window.size = 'five' is not a duration such as '10 s' or '5 min'",
        "window.size | 0 s | The setting window.size = '0 s' is not a duration of more than zero",
        "window.size | -5 s | The setting window.size = '-5 s' is not a duration such as '10 s' or '5 min'",
        "sink.target.file.size | big | The setting sink.target.file.size = 'big' is not a size such as '128 mb'",
        "sink.target.file.size | 1 kb | The setting sink.target.file.size = '1 kb' is not a size of at least '1 mb'",
        "sink.compression | gzip | The setting sink.compression = 'gzip' is not one of uncompressed, snappy, zstd",
        "sink.on.rewind | undo | The setting sink.on.rewind = 'undo' is not one of fail, rollback, append",
        "compaction.tables | silvr | The setting compaction.tables = 'silvr' is not gold, all, none, or a list of bronze, silver, quarantine, late, gaps, gold/weather_by_station, gold/weather_summary",
        "compaction.tables | none,gold | The setting compaction.tables = 'none,gold' is not gold, all, none, or a list of bronze, silver, quarantine, late, gaps, gold/weather_by_station, gold/weather_summary",
        "compaction.max.small.files | 3 | The setting compaction.max.small.files = '3' is not a whole number from 4 on",
        "sink.delta.checkpoint.interval | 0 | The setting sink.delta.checkpoint.interval = '0' is not a whole number above zero",
        "deduplication.enabled | on | The setting deduplication.enabled = 'on' is not true or false",
        "deduplication.retention | long | The setting deduplication.retention = 'long' is not a duration such as '10 s' or '5 min'",
        "deduplication.max.ids | 0 | The setting deduplication.max.ids = '0' is not a whole number above zero",
        "deduplication.max.ids | 200000000 | The setting deduplication.max.ids = '200000000' is not at most 100000000",
        "source.bounded | yes | The setting source.bounded = 'yes' is not true or false",
        "source.starting.offsets | 5 | The setting source.starting.offsets = '5' is not one of earliest, latest, committed",
        "source.security.protocol | TLS | The setting source.security.protocol = 'TLS' is not one of plaintext, ssl, sasl_plaintext, sasl_ssl",
        "rule.temperature.range | -90 | The setting rule.temperature.range = '-90' is not a range within -273.15..200 °C, as in '-90..70': '-90' is not as in '-90..70'",
        "rule.temperature.range | 70..-90 | The setting rule.temperature.range = '70..-90' is not a range within -273.15..200 °C, as in '-90..70': 70.0 is not below -90.0",
        "rule.wind.speed.range | 0..1001 | The setting rule.wind.speed.range = '0..1001' is not a range within 0..1000 km/h, as in '0..270': 0..1001 is not within 0..1000",
        "rule.humidity.severity | ignore | The setting rule.humidity.severity = 'ignore' is not one of reject, warn",
        "rule.windSpeed.range | 0..1 | Unknown setting 'rule.windSpeed.range': did you mean 'rule.wind.speed.range'? The contract 'weather' has rules for its fields with numbers",
        "alarm.reject.share | 20 % | The setting alarm.reject.share = '20 %' is not a number from 0 to 1",
        "alarm.reject.share | NaN | The setting alarm.reject.share = 'NaN' is not a number from 0 to 1",
        "alarm.reject.action | page | The setting alarm.reject.action = 'page' is not one of log, fail",
        "windw.size | 5 s | Unknown setting 'windw.size': did you mean 'window.size'? --help lists them all",
        "kafka.sasl.jaas.config | x | The setting 'kafka.sasl.jaas.config' holds a secret and must not be written out: give ${env:NAME} or ${file:PATH}",
        "hadoop.fs.azure.account.key.a | x | The setting 'hadoop.fs.azure.account.key.a' holds a secret and must not be written out: give ${env:NAME} or ${file:PATH}",
        "kafka.x | ${env:NO_SUCH_VARIABLE} | The setting 'kafka.x' needs the environment variable NO_SUCH_VARIABLE, which is not set",
        "kafka.x | ${file:/no/such} | The setting 'kafka.x' needs the file /no/such, which cannot be read (NoSuchFileException)",
        "source.connection.string.env | NO_SUCH_VARIABLE | The environment variable NO_SUCH_VARIABLE is not set: it must hold the Event Hubs connection string",
      })
  void saysWhatIsWrongWithASettingAndWhatIsAllowed(String key, String value, String message) {
    Map<String, String> settings = minimal();
    settings.put(key, value);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> JobConfig.of(settings))
        .withMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"lake.path", "source.topic", "source.bootstrap.servers"})
  void saysWhatIsMissing(String key) {
    Map<String, String> settings = minimal();
    settings.remove(key);

    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> JobConfig.of(settings))
        .withMessageStartingWith("The setting '%s' is missing: ".formatted(key));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "window.size 5 | Unexpected argument 'window.size': settings are given as --key value",
        "--window.size | The setting --window.size has no value",
        "--a 1 --a 2 | The setting --a is given twice",
        "--conf /no/such | Cannot read the settings in '/no/such' (NoSuchFileException): --conf takes a Java properties file",
      })
  void saysWhatIsWrongWithTheArguments(String arguments, String message) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> JobConfig.fromArgs(arguments.split(" ", -1)))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"job-azure.properties", "job-local.properties"})
  void theSettingsThatShipAreValidAndOverrideNoRule(String file) throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, CONNECTION_STRING);

    JobConfig config =
        JobConfig.fromArgs(
            "--conf",
            "../flink-conf/" + file,
            "--lake.path",
            "/lake",
            "--source.connection.string.env",
            "",
            "--source.connection.string.file",
            secret.toString());

    assertThat(config.rules().version()).isEqualTo(Rules.standard().version());
  }

  @Test
  void theHelpNamesEverySetting() {
    for (ConfigKey key : ConfigKey.values()) {
      assertThat(JobConfig.help()).contains("--" + key.key());
    }
  }

  private static Map<String, String> minimal() {
    Map<String, String> settings = new HashMap<>();
    settings.put("lake.path", "/lake");
    settings.put("source.topic", "weather");
    settings.put("source.bootstrap.servers", "localhost:9092");
    return settings;
  }
}
