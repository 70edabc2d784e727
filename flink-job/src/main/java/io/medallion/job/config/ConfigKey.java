package io.medallion.job.config;

import io.medallion.job.rules.EventTimeRule;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Every setting that the job knows, with its default and what it means. */
enum ConfigKey {
  LAKE_PATH(
      "lake.path",
      null,
      "folder of the tables, any Hadoop path: abfss://lake@ACCOUNT.dfs.core.windows.net/weather"),
  CONTRACT(
      "contract",
      "weather",
      "what events and tables are: the name of a contract that ships, or a file"),
  TOPIC("source.topic", null, "the Event Hub (Kafka topic); default: the connection string's hub"),
  CONNECTION_STRING_ENV(
      "source.connection.string.env", null, "environment variable with the connection string"),
  CONNECTION_STRING_FILE(
      "source.connection.string.file",
      null,
      "file with it, such as a mounted secret, that each process of the job reads by itself"),
  ENTRA_CREDENTIAL(
      "source.entra.credential",
      null,
      "sign in with Entra ID instead: client-secret, managed-identity or workload-identity"),
  ENTRA_TENANT_ID("source.entra.tenant.id", null, "default: environment variable AZURE_TENANT_ID"),
  ENTRA_CLIENT_ID("source.entra.client.id", null, "default: environment variable AZURE_CLIENT_ID"),
  ENTRA_CLIENT_SECRET_FILE(
      "source.entra.client.secret.file",
      null,
      "file with the client secret; default: environment variable AZURE_CLIENT_SECRET"),
  ENTRA_AUTHORITY_HOST(
      "source.entra.authority.host", null, "https://HOST/ of Entra ID in another cloud"),
  BOOTSTRAP_SERVERS(
      "source.bootstrap.servers",
      null,
      "HOST:PORT[,HOST:PORT]; default: the connection string's namespace"),
  SECURITY_PROTOCOL(
      "source.security.protocol",
      null,
      "PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL; default SASL_SSL with a connection string, else"
          + " PLAINTEXT"),
  GROUP_ID("source.group.id", "medallion", "consumer group, for watching the lag"),
  STARTING_OFFSETS(
      "source.starting.offsets", "earliest", "first start: earliest, latest or committed"),
  EXPIRED_OFFSETS(
      "source.expired.offsets", "fail", "records that expired unread: fail, or skip them"),
  BOUNDED("source.bounded", "false", "true: read up to the records there at the start, then end"),
  GENERATION(
      "source.generation",
      "1",
      "counts the Event Hubs that the lake was read from: one more for a hub that was made anew, or"
          + " another one; above 1, the rows' eventHub is TOPIC@GENERATION"),
  IDLE_TIMEOUT(
      "source.idle.timeout",
      "1 min",
      "silence, or time without a valid event, after which a partition holds no window open"),
  LATE_ARRIVAL(
      "event.late.arrival",
      "1 h",
      "how long after its time an event may arrive and still hold windows open; off for backfills"),
  FUTURE_TOLERANCE(
      "event.future.tolerance",
      EventTimeRule.DEFAULT_FUTURE_TOLERANCE.toMinutes() + " min",
      "how far an event time may be ahead of its arrival"),
  PAST_TOLERANCE(
      "event.past.tolerance",
      EventTimeRule.DEFAULT_PAST_TOLERANCE.toDays() + " d",
      "how far an event time may be before its arrival"),
  PAST_SEVERITY(
      "event.past.severity",
      "reject",
      "of events before that: reject, or warn (a quality flag in silver) up to "
          + EventTimeRule.OUTER_PAST_TOLERANCE.toDays()
          + " d"),
  ALARM_SHARE(
      "alarm.reject.share", "0.2", "alarm if more than this share of events is rejected; 1: never"),
  ALARM_WINDOW("alarm.reject.window", "1 min", "time that the share is of"),
  ALARM_MIN_EVENTS("alarm.reject.min.events", "100", "events in that time below which none is"),
  ALARM_ACTION("alarm.reject.action", "log", "besides the metric: log, or fail the job"),
  WINDOW_SIZE("window.size", "5 min", "length of the windows of gold whose table says none"),
  OUT_OF_ORDERNESS(
      "window.out.of.orderness", "5 min", "disorder within a partition before an event is late"),
  DEDUPLICATION_ENABLED(
      "deduplication.enabled", "true", "whether copies of an event, by its eventId, are taken out"),
  DEDUPLICATION_RETENTION(
      "deduplication.retention",
      "10 min",
      "event time for which a partition's event ids are remembered at least"),
  DEDUPLICATION_MAX_IDS(
      "deduplication.max.ids",
      "10000000",
      "event ids remembered of a partition at most, about 25 bytes of heap each: a safety limit"),
  TARGET_FILE_SIZE("sink.target.file.size", "128 mb", "size at which a data file is finished"),
  COMPRESSION("sink.compression", "zstd", "of data files: zstd, snappy or uncompressed"),
  CHECKPOINT_INTERVAL(
      "sink.delta.checkpoint.interval", "10", "commits between two checkpoints of a Delta log"),
  ON_REWIND(
      "sink.on.rewind",
      "fail",
      "tables that are ahead of the savepoint or checkpoint that the job starts from: fail, rollback"
          + " (undo what came after it, and write it again) or append (have it twice)"),
  COMPACTION_TABLES(
      "compaction.tables",
      "gold",
      "tables whose small files the job merges while it runs: gold, all, none, or folders such as"
          + " bronze,gold/weather_summary"),
  COMPACTION_MAX_SMALL_FILES(
      "compaction.max.small.files",
      "100",
      "small files that such a table, or a date of it, has at most; above half of it some are merged"),
  COMPACTION_TARGET_SIZE(
      "compaction.target.size",
      "128 mb",
      "size of a merged file; small is what is below three quarters of it"),
  PREFLIGHT(
      "preflight", "true", "try the broker, the lake and the checkpoint folders before the start"),
  PREFLIGHT_DEADLINE("preflight.deadline", "30 s", "how long the broker or a folder may take");

  /** Prefix of settings that override the range of a contract's field. */
  static final String RULE_PREFIX = "rule.";

  /** Prefix of settings that are handed to the Kafka consumer as they are. */
  static final String KAFKA_PREFIX = "kafka.";

  /** Prefix of settings that are handed to Hadoop's file systems as they are. */
  static final String HADOOP_PREFIX = "hadoop.";

  private final String key;
  private final String defaultValue;
  private final String description;

  ConfigKey(String key, String defaultValue, String description) {
    this.key = key;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  String key() {
    return key;
  }

  Optional<String> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  String description() {
    return description;
  }

  static boolean isKnown(String key) {
    return key.startsWith(KAFKA_PREFIX)
        || key.startsWith(RULE_PREFIX)
        || key.startsWith(HADOOP_PREFIX)
        || Arrays.stream(values()).anyMatch(known -> known.key.equals(key));
  }

  /** The known key most like a misspelt one. */
  static String nearest(String key) {
    return nearest(key, Arrays.stream(values()).map(known -> known.key).toList());
  }

  /** The one of some keys that is most like a misspelt one. */
  static String nearest(String key, List<String> known) {
    return Collections.min(known, Comparator.comparingInt(candidate -> distance(key, candidate)));
  }

  /** Levenshtein's edit distance. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
