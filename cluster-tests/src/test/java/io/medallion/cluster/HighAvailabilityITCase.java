package io.medallion.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cluster.LoadGenerator.Load;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * With ZooKeeper, which stands in for Kubernetes, a JobManager can be replaced under a job, and
 * with a connection string in a file, the key. What high availability keeps of the job holds no
 * secret.
 */
class HighAvailabilityITCase {

  private static final String KEY = "canary4Vt8Rb2Wn6Yp1Sd9";

  @Test
  void aJobOutlivesItsJobManagerAndItsKeyAndNothingIsLostOrDoubled() throws Exception {
    Workspace workspace = Workspace.open("high-availability");
    ZooKeeperServer zooKeeper = ZooKeeperServer.start(workspace);
    Map<String, String> settings =
        new HashMap<>(Map.of("heartbeat.interval", "2 s", "heartbeat.timeout", "10 s"));
    settings.putAll(zooKeeper.highAvailability(workspace.folder("ha")));
    try (WeatherPipeline pipeline =
        WeatherPipeline.start(workspace, KEY, List.of("weather"), 1, settings)) {
      BrokerServer broker = pipeline.broker();
      Path secret = workspace.folder("secrets").resolve("connection-string");
      Files.writeString(secret, broker.connectionString());
      WeatherJob job = pipeline.job("weather");
      job.start(
          2,
          "--source.connection.string.env",
          "",
          "--source.connection.string.file",
          secret.toString());
      LoadGenerator generator = job.send(new Load(2_000, Duration.ofSeconds(15), 4));
      job.awaitBronze(10_000);
      RestClient rest = pipeline.cluster().rest();
      long checkpoint = rest.lastCheckpoint(job.id());

      pipeline.cluster().jobManager().kill();
      pipeline.cluster().startJobManager();
      Wait.until(
          "another checkpoint of the same job",
          workspace,
          () -> rest.lastCheckpoint(job.id()) > checkpoint + 1);

      JsonNode before = generator.summary(Duration.ofMinutes(3));
      assertThat(VisibleTexts.filesWith(KEY, workspace.folder())).containsExactly(secret);

      broker.rotateKey("theKeyAfterItsRotation");
      Files.writeString(secret, broker.connectionString());
      JsonNode after =
          job.send(new Load(1_000, Duration.ofSeconds(5), 5)).summary(Duration.ofMinutes(3));
      job.awaitBronze(acknowledged(before) + acknowledged(after));
      job.drain();
      job.lake().assertHoldExactly(before, after);
    }
  }

  private static long acknowledged(JsonNode sent) {
    return sent.path("acknowledged").longValue();
  }
}
