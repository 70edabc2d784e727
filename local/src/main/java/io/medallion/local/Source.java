package io.medallion.local;

import io.medallion.broker.EmbeddedBroker;
import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.eventhubs.BrokerProbe;
import io.medallion.eventhubs.EventHubLookup;
import io.medallion.job.config.JobConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The broker and topic of a run: the lake's own broker, or one that runs somewhere else. */
final class Source {

  /** Of the own broker's topic: as many as a small machine has cores, or more. */
  static final int PARTITIONS = 4;

  private final String identity;
  private final JobConfig jobConfig;
  private final Optional<EmbeddedBroker> embedded;
  private final Optional<Path> secretFile;

  private Source(
      String identity,
      JobConfig jobConfig,
      Optional<EmbeddedBroker> embedded,
      Optional<Path> secretFile) {
    this.identity = identity;
    this.jobConfig = jobConfig;
    this.embedded = embedded;
    this.secretFile = secretFile;
  }

  /**
   * @throws WrongUse if a setting is wrong
   * @throws io.medallion.broker.BrokerStartException if the own broker cannot start
   * @throws io.medallion.eventhubs.BrokerUnavailableException if the existing one cannot be used
   */
  static Source open(LocalOptions options, Path confFolder, LakeFolder lake, Contract contract) {
    return options.bootstrap().isPresent()
        ? existing(options, confFolder, lake, options.bootstrap().get())
        : embedded(options, confFolder, lake, contract.name());
  }

  /** The own broker keeps its events from run to run. */
  private static Source embedded(
      LocalOptions options, Path confFolder, LakeFolder lake, String usualTopic) {
    EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .dataDir(lake.broker())
            .connectionString(LakeSecret.readOrCreate(lake.connectionString()))
            .port(options.brokerPort())
            .start();
    try {
      String topic = options.topic().orElse(usualTopic);
      broker.createTopic(topic, PARTITIONS);
      JobConfig jobConfig =
          JobSettings.embedded(confFolder, options, lake, topic, broker.bootstrapServers());
      return new Source(
          LakeMarker.EMBEDDED,
          jobConfig,
          Optional.of(broker),
          Optional.of(lake.connectionString()));
    } catch (RuntimeException e) {
      broker.close();
      throw e;
    }
  }

  private static Source existing(
      LocalOptions options, Path confFolder, LakeFolder lake, String bootstrap) {
    JobConfig jobConfig = JobSettings.existing(confFolder, options, lake, bootstrap);
    BrokerProbe.check(jobConfig.source().probeProperties(), jobConfig.source().topic());
    return new Source(bootstrap, jobConfig, Optional.empty(), Optional.empty());
  }

  /** {@link LakeMarker#EMBEDDED} or the broker's address: what a lake is bound to. */
  String identity() {
    return identity;
  }

  /** How the job reads this source and writes the lake. */
  JobConfig jobConfig() {
    return jobConfig;
  }

  /** What the events are, whatever settings say of its ranges. */
  Contract contract() {
    return jobConfig.rules().original();
  }

  /** Which of the Event Hubs it is that the lake was read from, from 1. */
  int generation() {
    return jobConfig.source().generation();
  }

  Topic topic() {
    return new Topic(jobConfig.source().clientProperties(), jobConfig.source().topic());
  }

  /** For the person at the terminal: where it is, and how to get in. */
  String description() {
    return "%s, topic %s%s"
        .formatted(
            jobConfig.source().clientProperties().get("bootstrap.servers"),
            jobConfig.source().topic(),
            secretFile.map(file -> " (connection string: " + file + ")").orElse(""));
  }

  /** What should be known about somebody else's topic. */
  List<String> warnings() {
    if (embedded.isPresent()) {
      return List.of();
    }
    try (EventHubLookup hub = jobConfig.source().lookup()) {
      return hub.warnings();
    }
  }

  void close() {
    embedded.ifPresent(EmbeddedBroker::close);
  }
}
