package io.medallion.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessSpec;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A copy of the shipped folder {@code flink-conf}, with this cluster's ports and folders in {@code
 * config.yaml}, and what Flink's start scripts make of it.
 *
 * <p>Flink refuses a file that has a key twice, so an overridden line is taken out. The Prometheus
 * reporter is taken out too: it cannot be bound to the loopback address.
 */
final class FlinkConf {

  private static final String REPORTERS = "metrics.reporter.";

  private final Path folder;
  private final Configuration values;

  private FlinkConf(Path folder, Configuration values) {
    this.folder = folder;
    this.values = values;
  }

  static FlinkConf write(Path folder, Map<String, String> overrides) throws IOException {
    Path shipped = BuildFolders.flinkConf();
    try (Stream<Path> files = Files.list(shipped)) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(shipped.resolve("config.yaml"))) {
      String key = line.split(":", 2)[0];
      if (!overrides.containsKey(key) && !key.startsWith(REPORTERS)) {
        lines.add(line);
      }
    }
    new TreeMap<>(overrides).forEach((key, value) -> lines.add(key + ": " + value));
    Files.write(folder.resolve("config.yaml"), lines);
    return new FlinkConf(folder, GlobalConfiguration.loadConfiguration(folder.toString()));
  }

  Path folder() {
    return folder;
  }

  int restPort() {
    return values.get(RestOptions.PORT);
  }

  /** For every JVM of Flink. */
  List<String> jvmOptions() {
    return words(values.get(CoreOptions.FLINK_JVM_OPTIONS));
  }

  /** Logging of servers: {@code log4j2.properties}, as shipped. */
  String serverLogging() {
    return "-Dlog4j.configurationFile=" + folder.resolve("log4j2.properties").toUri();
  }

  /** Logging of {@code flink run}, as shipped. */
  String cliLogging() {
    return "-Dlog4j.configurationFile=" + folder.resolve("log4j2-cli.properties").toUri();
  }

  List<String> jobManagerJvmOptions() {
    return words(JobManagerProcessUtils.generateJvmParametersStr(jobManager(), values));
  }

  List<String> jobManagerArguments() {
    return words(JobManagerProcessUtils.generateDynamicConfigsStr(jobManager()));
  }

  List<String> taskManagerJvmOptions() {
    return words(ProcessMemoryUtils.generateJvmParametersStr(taskManager()));
  }

  List<String> taskManagerArguments() {
    return words(TaskExecutorProcessUtils.generateDynamicConfigsStr(taskManager()));
  }

  private JobManagerProcessSpec jobManager() {
    return JobManagerProcessUtils.processSpecFromConfig(values);
  }

  private TaskExecutorProcessSpec taskManager() {
    return TaskExecutorProcessUtils.processSpecFromConfig(values);
  }

  private static List<String> words(String text) {
    return Stream.of(text.split(" ")).filter(word -> !word.isEmpty()).toList();
  }
}
