package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  @Test
  void aBusyPortIsNamedWithItsOption() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Ports.requireFree(other.getLocalPort(), "--ui-port"))
          .isInstanceOf(WrongUse.class)
          .hasMessageContaining("Port " + other.getLocalPort())
          .hasMessageContaining("--ui-port");
    }
  }

  @Test
  void zeroIsAnyPort() {
    assertThatCode(() -> Ports.requireFree(0, "--ui-port")).doesNotThrowAnyException();
  }
}
