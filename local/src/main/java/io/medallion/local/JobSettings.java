package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.job.config.ConfigException;
import io.medallion.job.config.JobConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * The job's settings in a local run: {@code flink-conf/job-local.properties} as it is shipped, with
 * the lake, the broker and the command line's values on top; what is given by {@code --set} counts
 * over all of these.
 */
final class JobSettings {

  private static final String FILE = "job-local.properties";
  private static final String CONTRACT = "contract";

  private final Path file;
  private final Map<String, String> given;
  private final Map<String, String> settings = new LinkedHashMap<>();

  private JobSettings(Path confFolder, LocalOptions options, LakeFolder lake) {
    file = confFolder.resolve(FILE);
    given = options.settings();
    settings.put("lake.path", LakeFolder.uri(lake.root()));
    options.events().contract().ifPresent(contract -> settings.put(CONTRACT, contract));
    settings.put("window.size", millis(options.window()));
    settings.put("window.out.of.orderness", millis(options.outOfOrderness()));
    if (TrafficPlan.isBackfill(options)) {
      settings.put("event.late.arrival", "off");
    }
  }

  /** For the lake's own broker. */
  static JobConfig embedded(
      Path confFolder,
      LocalOptions options,
      LakeFolder lake,
      String topic,
      String bootstrapServers) {
    JobSettings job = new JobSettings(confFolder, options, lake);
    job.settings.put("source.topic", topic);
    job.settings.put("source.bootstrap.servers", bootstrapServers);
    job.settings.put("source.security.protocol", "SASL_PLAINTEXT");
    job.settings.put("source.connection.string.file", lake.connectionString().toString());
    return job.read();
  }

  /** For a broker that runs already. */
  static JobConfig existing(
      Path confFolder, LocalOptions options, LakeFolder lake, String bootstrapServers) {
    JobSettings job = new JobSettings(confFolder, options, lake);
    options.topic().ifPresent(topic -> job.settings.put("source.topic", topic));
    job.settings.put("source.bootstrap.servers", bootstrapServers);
    job.settings.put("source.security.protocol", options.securityProtocol().name());
    if (options.securityProtocol().name().startsWith("SASL")) {
      if (options.connectionStringFile().isPresent()) {
        job.settings.put(
            "source.connection.string.file", options.connectionStringFile().get().toString());
      } else {
        job.settings.put("source.connection.string.env", "EVENTHUBS_CONNECTION_STRING");
      }
    }
    return job.read();
  }

  /**
   * The contract of a run, by the same settings, before there is a lake or a broker.
   *
   * @throws WrongUse if there is no such contract
   */
  static Contract contract(Path confFolder, LocalOptions options) {
    Properties settings = new Properties();
    Path file = confFolder.resolve(FILE);
    try (Reader in = Files.newBufferedReader(file)) {
      settings.load(in);
    } catch (IOException | IllegalArgumentException e) {
      throw new WrongUse("Cannot read the settings in %s (%s).".formatted(file, e), e);
    }
    options.events().contract().ifPresent(contract -> settings.setProperty(CONTRACT, contract));
    settings.putAll(options.settings());
    try {
      return ContractReader.named(settings.getProperty(CONTRACT, ContractReader.STANDARD));
    } catch (ContractException e) {
      throw new WrongUse(e.getMessage(), e);
    }
  }

  private JobConfig read() {
    settings.putAll(given);
    List<String> arguments = new ArrayList<>(List.of("--conf", file.toString()));
    settings.forEach((key, value) -> arguments.addAll(List.of("--" + key, value)));
    try {
      return JobConfig.fromArgs(arguments.toArray(String[]::new));
    } catch (ConfigException e) {
      throw new WrongUse(e.getMessage(), e);
    }
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }
}
