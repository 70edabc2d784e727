package io.medallion.local;

import io.medallion.job.config.ConfigException;
import io.medallion.job.config.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The job's settings in a local run: {@code flink-conf/job-local.properties} as it is shipped, with
 * the lake, the broker and the command line's values on top.
 */
final class JobSettings {

  private final List<String> arguments = new ArrayList<>();

  private JobSettings(Path confFolder, LocalOptions options, LakeFolder lake) {
    set("conf", confFolder.resolve("job-local.properties").toString());
    set("lake.path", LakeFolder.uri(lake.root()));
    set("window.size", millis(options.window()));
    set("window.out.of.orderness", millis(options.outOfOrderness()));
  }

  /** For the lake's own broker. */
  static JobConfig embedded(
      Path confFolder,
      LocalOptions options,
      LakeFolder lake,
      String topic,
      String bootstrapServers) {
    JobSettings settings = new JobSettings(confFolder, options, lake);
    settings.set("source.topic", topic);
    settings.set("source.bootstrap.servers", bootstrapServers);
    settings.set("source.security.protocol", "SASL_PLAINTEXT");
    settings.set("source.connection.string.file", lake.connectionString().toString());
    return settings.read();
  }

  /** For a broker that runs already. */
  static JobConfig existing(
      Path confFolder, LocalOptions options, LakeFolder lake, String bootstrapServers) {
    JobSettings settings = new JobSettings(confFolder, options, lake);
    options.topic().ifPresent(topic -> settings.set("source.topic", topic));
    settings.set("source.bootstrap.servers", bootstrapServers);
    settings.set("source.security.protocol", options.securityProtocol().name());
    if (options.securityProtocol().name().startsWith("SASL")) {
      if (options.connectionStringFile().isPresent()) {
        settings.set(
            "source.connection.string.file", options.connectionStringFile().get().toString());
      } else {
        settings.set("source.connection.string.env", "EVENTHUBS_CONNECTION_STRING");
      }
    }
    return settings.read();
  }

  private void set(String key, String value) {
    arguments.add("--" + key);
    arguments.add(value);
  }

  private JobConfig read() {
    try {
      return JobConfig.fromArgs(arguments.toArray(String[]::new));
    } catch (ConfigException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
