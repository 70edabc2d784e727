package io.medallion.local;

import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.flink.configuration.MemorySize;

/** What must hold before anything is started: option values, heap, free ports. */
final class Requirements {

  /** With less, broker, Flink and Parquet writers together run out of heap under load. */
  static final MemorySize LEAST_HEAP = MemorySize.ofMebiBytes(700);

  private static final int MAX_PARALLELISM = 32;
  private static final int MAX_PORT = 65_535;

  /** Of times that are given. */
  static final Duration SHORTEST = Duration.ofMillis(100);

  private Requirements() {}

  /**
   * @throws WrongUse naming what does not hold
   */
  static void check(LocalOptions options, Contract contract) {
    checkCombination(options);
    options.events().duration().ifPresent(duration -> atLeast("--duration", duration, SHORTEST));
    options.events().events().ifPresent(events -> range("--events", events, 1, Long.MAX_VALUE));
    options.parallelism().ifPresent(value -> range("--parallelism", value, 1, MAX_PARALLELISM));
    atLeast("--checkpoint-interval", options.checkpointInterval(), SHORTEST);
    range("--ui-port", options.uiPort(), 0, MAX_PORT);
    range("--broker-port", options.brokerPort(), 0, MAX_PORT);
    options.dashboardPort().ifPresent(port -> range("--dashboard-port", port, 0, MAX_PORT));
    require(
        !options.noDashboard() || options.dashboardPort().isEmpty(),
        "--dashboard-port does not go with --no-dashboard.");
    // Checks the generator's options; the plan itself is made when the generator starts.
    TrafficPlan.of(options, contract, Optional.empty(), Instant.now());
    checkHeap(Runtime.getRuntime().maxMemory());
    Ports.requireFree(options.uiPort(), "--ui-port");
    Ports.requireFree(options.brokerPort(), "--broker-port");
    options.dashboardPort().ifPresent(port -> Ports.requireFree(port, "--dashboard-port"));
  }

  private static void checkCombination(LocalOptions options) {
    Optional<String> bootstrap = options.bootstrap();
    if (bootstrap.isEmpty()) {
      require(
          !options.generate(),
          "--generate only goes with --bootstrap: without it there is always a generator.");
      require(
          options.connectionStringFile().isEmpty(),
          "--connection-string-file only goes with --bootstrap.");
    }
    require(
        !options.preload() || options.hasEnd(),
        "--preload needs --events or --duration: it sends everything first.");
    require(
        !options.preload() || bootstrap.isEmpty() || options.generate(),
        "--preload with --bootstrap needs --generate.");
  }

  static void checkHeap(long bytes) {
    require(
        bytes >= LEAST_HEAP.getBytes(),
        "The heap of %s is too little, at least %s are needed: set the environment variable MEDALLION_HEAP, such as MEDALLION_HEAP=2g."
            .formatted(
                new MemorySize(bytes).toHumanReadableString(), LEAST_HEAP.toHumanReadableString()));
  }

  private static void atLeast(String option, Duration value, Duration least) {
    require(
        value.compareTo(least) >= 0,
        "%s must be at least %d ms, but is %d ms."
            .formatted(option, least.toMillis(), value.toMillis()));
  }

  private static void range(String option, long value, long least, long most) {
    require(
        value >= least && value <= most,
        most == Long.MAX_VALUE
            ? "%s must be at least %d, but is %d.".formatted(option, least, value)
            : "%s must be %d to %d, but is %d.".formatted(option, least, most, value));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new WrongUse(problem);
    }
  }
}
