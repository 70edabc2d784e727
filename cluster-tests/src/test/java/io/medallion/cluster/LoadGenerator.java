package io.medallion.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.MedallionMain;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The generator in a process of its own, sending all kinds of events. */
final class LoadGenerator {

  private static final Duration STOP_LIMIT = Duration.ofMinutes(1);

  private final JavaProcess process;

  private LoadGenerator(JavaProcess process) {
    this.process = process;
  }

  static LoadGenerator start(Workspace workspace, BrokerServer broker, String topic, Load load)
      throws IOException {
    return new LoadGenerator(
        JavaProcess.of(MedallionMain.class.getName())
            .jvm("-Xmx192m")
            .environment(broker.clientEnvironment())
            .arguments("generate")
            .arguments("--bootstrap", broker.bootstrapServers())
            .arguments("--security-protocol", "SASL_PLAINTEXT")
            .arguments("--topic", topic)
            .arguments(load.arguments())
            .arguments("--window", WeatherJob.WINDOW.toSeconds() + "s")
            .arguments("--out-of-orderness", WeatherJob.OUT_OF_ORDERNESS.toSeconds() + "s")
            // A broker that is killed at once takes long to come back on a busy machine.
            .arguments("--connect-timeout", "3min")
            .arguments("--json", "--progress")
            .start(workspace, "generator"));
  }

  /** Waits until all is sent, and tells what that was. */
  JsonNode summary(Duration limit) throws IOException, InterruptedException {
    if (process.awaitExit(limit) != 0) {
      throw new AssertionError("The generator failed\n" + process.tails());
    }
    return read();
  }

  /** Ends the sending, waits for what is under way, and tells what was sent. */
  JsonNode stop() throws IOException, InterruptedException {
    process.terminate(STOP_LIMIT);
    return read();
  }

  private JsonNode read() throws IOException {
    JsonNode summary = new JsonMapper().readTree(process.out());
    if (!summary.has("sent")) {
      throw new AssertionError("The generator sent nothing\n" + process.tails());
    }
    if (summary.path("acknowledged").longValue() != summary.path("sent").longValue()) {
      throw new AssertionError("The broker did not take everything\n" + process.tails());
    }
    return summary;
  }

  /**
   * What to send: valid events and a few percent of each kind of others.
   *
   * @param perSecond events per second
   * @param duration for how long; until it is stopped if empty
   * @param seed of the events' content
   */
  record Load(int perSecond, Optional<Duration> duration, long seed) {

    Load(int perSecond, Duration duration, long seed) {
      this(perSecond, Optional.of(duration), seed);
    }

    static Load untilStopped(int perSecond, long seed) {
      return new Load(perSecond, Optional.empty(), seed);
    }

    private List<String> arguments() {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "--rate", Integer.toString(perSecond),
                  "--seed", Long.toString(seed),
                  "--invalid-ratio", "0.02",
                  "--duplicate-ratio", "0.01",
                  "--late-ratio", "0.01",
                  "--future-ratio", "0.005"));
      duration.ifPresent(time -> arguments.addAll(List.of("--duration", time.toSeconds() + "s")));
      return arguments;
    }
  }
}
