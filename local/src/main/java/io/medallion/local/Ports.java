package io.medallion.local;

import io.medallion.cli.WrongUse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports on the loopback address. */
final class Ports {

  private Ports() {}

  /**
   * @param port 0 for any, which is always free
   * @throws WrongUse naming the option if another program listens there
   */
  static void requireFree(int port, String option) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw busy(port, option);
    }
  }

  static WrongUse busy(int port, String option) {
    return new WrongUse(
        "Port %d on 127.0.0.1 is in use: stop the program that holds it, or choose another port with %s (0 takes any free one)."
            .formatted(port, option));
  }
}
