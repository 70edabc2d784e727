package io.medallion.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.broker.EmbeddedBroker;
import io.medallion.cli.CommandRun;
import io.medallion.maintenance.redrive.RedriveCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A lake that runs made of records of a test, by a contract that is not the weather's. */
final class ContractLake implements AutoCloseable {

  private static final String CONNECTION_STRING =
      "Endpoint=sb://localhost/;SharedAccessKeyName=test;SharedAccessKey=c2VjcmV0LWtleQ==";

  private final Path folder;
  private final EmbeddedBroker broker;

  private ContractLake(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  /**
   * A record.
   *
   * @param key null for none
   * @param headers with texts
   */
  record Sent(String key, Map<String, String> headers, String body) {}

  /** An event hub beside which a lake can be made. */
  static ContractLake in(Path folder) throws Exception {
    EmbeddedBroker broker =
        EmbeddedBroker.builder()
            .dataDir(folder.resolve("broker"))
            .connectionString(CONNECTION_STRING)
            .start();
    broker.createTopic("events", 2);
    return new ContractLake(folder, broker);
  }

  /** The lake after one {@link #run}. */
  static Path make(Path folder, String contract, List<Sent> records, String... options)
      throws Exception {
    try (ContractLake lake = in(folder)) {
      lake.run(contract, records, options);
      return lake.root();
    }
  }

  Path root() {
    return folder.resolve("lake");
  }

  /**
   * Sends records, in this order to a partition by their key, and runs the system until all of them
   * are in the tables and all windows are closed.
   *
   * @param contract the name of one that ships, or a file
   * @return what the run printed for people
   */
  String run(String contract, List<Sent> records, String... options) throws Exception {
    send(broker, records);
    try (MedallionProcess run = start(contract, records.size(), options)) {
      assertThat(run.awaitExit()).as(run::err).isZero();
      return run.err();
    }
  }

  /** Starts the system, until so many events more are in the tables. */
  MedallionProcess start(String contract, int events, String... options) throws IOException {
    Path secret = Files.writeString(folder.resolve("connection-string"), CONNECTION_STRING);
    List<String> all =
        new ArrayList<>(
            List.of(
                "--lake=" + root(),
                "--bootstrap=" + broker.bootstrapServers(),
                "--security-protocol=SASL_PLAINTEXT",
                "--connection-string-file=" + secret,
                "--topic=events",
                "--events=" + events,
                "--window=2s",
                "--out-of-orderness=1s",
                "--checkpoint-interval=500ms",
                "--set=contract=" + contract,
                // Some of them happened minutes ago.
                "--set=event.late.arrival=off",
                "--audit=never",
                "--no-dashboard",
                "--json"));
    all.addAll(List.of(options));
    return MedallionProcess.start(folder, all.toArray(String[]::new));
  }

  @Override
  public void close() {
    broker.close();
  }

  private static void send(EmbeddedBroker broker, List<Sent> records) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.copyOf(broker.clientProperties()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (Sent sent : records) {
        RecordHeaders headers = new RecordHeaders();
        sent.headers().forEach((name, value) -> headers.add(name, value.getBytes(UTF_8)));
        byte[] key = sent.key() == null ? null : sent.key().getBytes(UTF_8);
        int partition = sent.key() == null ? 0 : Math.floorMod(sent.key().hashCode(), 2);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    "events", partition, null, key, sent.body().getBytes(UTF_8), headers));
      }
      producer.flush();
    }
  }

  static JsonNode redrive(Path lake, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("--json");
    CommandRun run = CommandRun.on(lake, new RedriveCommand(), all.toArray(String[]::new));
    return new JsonMapper().readTree(run.done().out());
  }
}
