package io.medallion.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The ports of one broker on 127.0.0.1.
 *
 * @param clients where clients sign in
 * @param controller where the broker talks to its own controller
 */
record LoopbackPorts(int clients, int controller) {

  static final String HOST = "127.0.0.1";

  /**
   * Checks that the port for clients is free, or finds a free one for 0. Both ports are held at the
   * same time, so they differ; another program could still take one before the broker binds it.
   */
  static LoopbackPorts reserve(int clientsPort) {
    try (ServerSocket clients = bind(clientsPort);
        ServerSocket controller = bind(0)) {
      return new LoopbackPorts(clients.getLocalPort(), controller.getLocalPort());
    } catch (IOException e) {
      throw new BrokerStartException(
          "Port %d on %s is in use: stop the program that holds it, or choose another port (0 takes any free one)"
              .formatted(clientsPort, HOST),
          e);
    }
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return socket;
  }
}
