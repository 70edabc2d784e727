package io.medallion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.medallion.cluster.ChaosSchedule.Step;
import io.medallion.cluster.LoadGenerator.Load;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Everything that can be killed is killed, under load, by a schedule that a seed decides; in the
 * end nothing is lost and nothing is doubled.
 *
 * <p>{@code -Dchaos.seconds=300} is the length of the schedule, {@code -Dchaos.rate=5000} events a
 * second, {@code -Dchaos.seed=N} the first seed (random if it is not given), {@code -Dchaos.runs=1}
 * how many seeds from there on.
 */
class ChaosITCase {

  private static final Duration LENGTH =
      Duration.ofSeconds(Integer.getInteger("chaos.seconds", 300));
  private static final int RATE = Integer.getInteger("chaos.rate", 5_000);
  private static final int RUNS = Integer.getInteger("chaos.runs", 1);

  /** A failure is noticed, and answered, sooner than with the shipped settings. */
  private static final Map<String, String> SOONER =
      Map.of(
          "heartbeat.interval", "2 s",
          "heartbeat.timeout", "10 s",
          "restart-strategy.exponential-delay.max-backoff", "5 s");

  @TestFactory
  Stream<DynamicTest> whateverIsKilledNothingIsLostOrDoubled() {
    long first = Long.getLong("chaos.seed", new SecureRandom().nextInt(1_000_000));
    return LongStream.range(first, first + RUNS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> run(seed)));
  }

  private static void run(long seed) throws Exception {
    System.out.println(
        "To repeat it: -Dchaos.seed=" + seed + " -Dchaos.seconds=" + LENGTH.toSeconds());
    List<Step> steps = ChaosSchedule.of(seed, LENGTH);
    try (Workspace workspace = Workspace.open("chaos-" + seed)) {
      ZooKeeperServer zooKeeper = ZooKeeperServer.start(workspace);
      Map<String, String> settings = new HashMap<>(SOONER);
      settings.putAll(zooKeeper.highAvailability(workspace.folder("ha")));
      LakeVolume volume = LakeVolume.open(workspace);
      WeatherPipeline pipeline =
          WeatherPipeline.start(
              workspace, "aKeyOfNoInterest", List.of("weather"), ChaosRun.TASK_MANAGERS, settings);
      WeatherJob job = new WeatherJob(pipeline, "weather", volume.lake());
      ChaosRun chaos = new ChaosRun(pipeline, job, volume);
      chaos.note("seed " + seed + ", lake " + volume.description());
      job.start(2);
      LoadGenerator generator = job.send(Load.untilStopped(RATE, seed));

      chaos.run(steps);

      JsonNode sent = generator.stop();
      chaos.note("sent " + sent.path("acknowledged") + " in " + sent.path("seconds") + " s");
      chaos.awaitBronze(sent.path("acknowledged").longValue());
      chaos.note("all is in bronze");
      chaos.drain();
      chaos.note("drained");
      job.lake().assertHoldExactly(sent);
      chaos.note("the audit holds");
    }
  }
}
