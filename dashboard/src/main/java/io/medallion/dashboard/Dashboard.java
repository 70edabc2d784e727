package io.medallion.dashboard;

import io.medallion.dashboard.audit.AuditRunner;
import io.medallion.dashboard.view.LakeView;
import io.medallion.dashboard.web.WebServer;
import io.medallion.maintenance.lake.LakeAccess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * A running dashboard of one lake. It only reads the lake, and works whether the lake is there, is
 * yet to come, or is written to.
 */
public final class Dashboard implements AutoCloseable {

  private final LakeView view;
  private final AuditRunner audit;
  private final WebServer server;

  private Dashboard(LakeView view, AuditRunner audit, WebServer server) {
    this.view = view;
    this.audit = audit;
    this.server = server;
  }

  /**
   * Starts it.
   *
   * @param address to listen on; port 0 is any free one
   * @param token without which nothing is shown; needed for any but a loopback address
   * @param refresh between two looks at a table
   * @throws IOException if the address cannot be listened on
   * @throws IllegalArgumentException if a setting for the lake is wrong
   */
  public static Dashboard start(
      LakeAccess lake, InetSocketAddress address, Optional<String> token, Duration refresh)
      throws IOException {
    AuditRunner audit = new AuditRunner(lake);
    LakeView view = LakeView.follow(lake.lake(), refresh);
    try {
      return new Dashboard(
          view, audit, WebServer.start(address, token, lake.folder(), view, audit));
    } catch (IOException | RuntimeException e) {
      view.close();
      throw e;
    }
  }

  /** Starts it for this machine only, without a token. */
  public static Dashboard onLoopback(String lake, int port, Duration refresh) throws IOException {
    return start(
        LakeAccess.to(lake),
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        Optional.empty(),
        refresh);
  }

  /** For a browser on this machine. */
  public String url() {
    InetSocketAddress address = server.address();
    String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : hostAddress(address);
    return "http://" + host + ":" + address.getPort();
  }

  private static String hostAddress(InetSocketAddress address) {
    String text = address.getAddress().getHostAddress();
    return text.contains(":") ? "[" + text + "]" : text;
  }

  @Override
  public void close() {
    server.close();
    view.close();
    audit.close();
  }
}
