package io.medallion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cluster.LoadGenerator.Load;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** With ZooKeeper, which stands in for Kubernetes, a JobManager can be replaced under a job. */
class HighAvailabilityITCase {

  @Test
  void aNewJobManagerGoesOnWithTheSameJobAndNothingIsLostOrDoubled() throws Exception {
    Workspace workspace = Workspace.open("high-availability");
    ZooKeeperServer zooKeeper = ZooKeeperServer.start(workspace);
    Map<String, String> settings =
        new HashMap<>(Map.of("heartbeat.interval", "2 s", "heartbeat.timeout", "10 s"));
    settings.putAll(zooKeeper.highAvailability(workspace.folder("ha")));
    try (WeatherPipeline pipeline =
        WeatherPipeline.start(workspace, "aKeyOfNoInterest", List.of("weather"), 1, settings)) {
      WeatherJob job = pipeline.job("weather");
      job.start(2);
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

      JsonNode sent = generator.summary(Duration.ofMinutes(3));
      job.awaitBronze(sent.path("acknowledged").longValue());
      job.drain();
      job.lake().assertHoldExactly(sent);
    }
  }
}
