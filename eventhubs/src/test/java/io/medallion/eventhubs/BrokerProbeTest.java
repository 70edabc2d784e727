package io.medallion.eventhubs;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The failures that need no broker; a refused sign-in and a missing topic: module broker. */
@Timeout(20)
class BrokerProbeTest {

  private static final Duration DEADLINE = Duration.ofSeconds(2);

  private static final EventHubsConnection CONNECTION =
      EventHubsConnection.parse(
          "Endpoint=sb://no-such-namespace.invalid/;SharedAccessKeyName=n;SharedAccessKey=S3cr3t");

  @Test
  void aPortWhereNothingListensIsReportedWithinTheDeadline() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertUnavailable(
        CONNECTION.clientProperties("127.0.0.1:" + port, false), "nothing listens there");
  }

  @Test
  void aServerThatDoesNotSpeakKafkaIsReportedWithinTheDeadline() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      assertUnavailable(
          CONNECTION.clientProperties("127.0.0.1:" + silent.getLocalPort(), false),
          "check the port and the protocol");
    }
  }

  @Test
  void aHostNameThatDoesNotResolveIsReported() {
    assertUnavailable(CONNECTION.clientProperties(), "that the host name resolves here");
  }

  private static void assertUnavailable(Map<String, String> properties, String advice) {
    assertThatThrownBy(() -> BrokerProbe.check(properties, "weather", DEADLINE))
        .isInstanceOf(BrokerUnavailableException.class)
        .hasMessageContaining(properties.get("bootstrap.servers"))
        .hasMessageContaining(advice)
        .hasMessageNotContaining("S3cr3t")
        .hasMessageNotContaining("\n")
        .hasNoCause();
  }
}
