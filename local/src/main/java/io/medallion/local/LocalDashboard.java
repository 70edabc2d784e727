package io.medallion.local;

import io.medallion.dashboard.Dashboard;
import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dashboard of a run. It is a guest: if it cannot be started the run goes on without it, and it
 * only reads the lake.
 */
final class LocalDashboard implements AutoCloseable {

  /** Next to Flink's. */
  static final int USUAL_PORT = 8082;

  private static final Logger LOG = LoggerFactory.getLogger(LocalDashboard.class);
  private static final Duration REFRESH = Duration.ofMillis(500);

  private final Optional<Dashboard> dashboard;
  private final String description;

  private LocalDashboard(Optional<Dashboard> dashboard, String description) {
    this.dashboard = dashboard;
    this.description = description;
  }

  static LocalDashboard start(LocalOptions options, LakeFolder lake) {
    if (options.noDashboard()) {
      return new LocalDashboard(Optional.empty(), "switched off");
    }
    try {
      Dashboard started = open(options.dashboardPort(), lake.root().toString());
      return new LocalDashboard(Optional.of(started), started.url());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The run goes on without a dashboard", e);
      return new LocalDashboard(Optional.empty(), "not started: " + e.getMessage());
    }
  }

  /** Any free port if the usual one is taken; one that was asked for is known to be free. */
  private static Dashboard open(Optional<Integer> port, String lake) throws IOException {
    try {
      return Dashboard.onLoopback(lake, port.orElse(USUAL_PORT), REFRESH);
    } catch (BindException taken) {
      if (port.isPresent()) {
        throw taken;
      }
      LOG.info("Port {} is taken", USUAL_PORT, taken);
      return Dashboard.onLoopback(lake, 0, REFRESH);
    }
  }

  /** Its address, or why there is none. */
  String description() {
    return description;
  }

  @Override
  public void close() {
    dashboard.ifPresent(Dashboard::close);
  }
}
