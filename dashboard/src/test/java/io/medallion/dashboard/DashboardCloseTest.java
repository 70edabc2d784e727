package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DashboardCloseTest {

  @TempDir private Path folder;

  @Test
  void closingEndsAllConnectionsAndThreads() throws Exception {
    Dashboard dashboard = Dashboard.onLoopback(folder.toString(), 0, Duration.ofMillis(100));
    try (Socket listening =
            socket(dashboard, "GET /api/v2/events HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Socket asking = socket(dashboard, "POST /api/v2/audit HTTP/1.1\r\nHost: localhost\r\n")) {
      assertThat(listening.getInputStream().read()).isEqualTo('H');
      assertThat(threads()).isPositive();

      dashboard.close();

      assertThat(listening.getInputStream().readAllBytes()).isNotEmpty();
      assertThat(asking.getInputStream().readAllBytes()).isEmpty();
      await().until(() -> threads() == 0);
    }
  }

  private static Socket socket(Dashboard dashboard, String request) throws Exception {
    int port = URI.create(dashboard.url()).getPort();
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("dashboard-"))
        .count();
  }
}
