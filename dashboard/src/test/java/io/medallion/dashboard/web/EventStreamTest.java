package io.medallion.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.undertow.Undertow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that do not take what they are sent, over real connections. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventStreamTest {

  /** More than a connection's buffers hold. */
  private static final byte[] LARGE_STATE =
      ("\"" + "x".repeat(32 * 1024 * 1024) + "\"").getBytes(StandardCharsets.US_ASCII);

  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final EventStream events = new EventStream(PATIENCE);
  private final List<Socket> sockets = new ArrayList<>();
  private Undertow server;

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.stop();
  }

  @Test
  void aPageThatTakesNothingHoldsUpNoOther() throws Exception {
    start();
    Socket stalled = page();
    await().until(() -> events.open() == 1);
    events.state(LARGE_STATE);
    Socket reading = page();
    await().until(() -> events.open() == 2);

    events.state(json("\"next\""));

    assertThat(reads(reading, "data:\"next\"")).isTrue();
    assertThat(stalled.isConnected()).isTrue();
    assertThat(events.open()).isEqualTo(2);
  }

  @Test
  void aPageThatTakesNothingIsCutOff() throws Exception {
    start();
    Socket stalled = page();
    await().until(() -> events.open() == 1);

    events.state(LARGE_STATE);

    await().until(() -> cutOffAndCount() == 0);
    assertThat(reads(stalled, "data:\"next\"")).isFalse();
  }

  @Test
  void aPageThatTakesWhatItIsSentIsNotCutOff() throws Exception {
    start();
    Socket reading = page();
    await().until(() -> events.open() == 1);
    events.state(json("\"next\""));
    assertThat(reads(reading, "data:\"next\"")).isTrue();

    await().during(PATIENCE.multipliedBy(2)).until(() -> cutOffAndCount() == 1);
  }

  @Test
  void aPageThatTookLongIsToldTheNewestStateOnly() throws Exception {
    start();
    Socket page = page();
    await().until(() -> events.open() == 1);
    events.state(LARGE_STATE);
    for (int i = 0; i < 100; i++) {
      events.state(json("\"between" + i + "\""));
      events.beat();
    }
    events.state(json("\"newest\""));

    List<String> told = new ArrayList<>();
    BufferedReader lines = lines(page);
    String line = "";
    while (line != null && !line.equals("data:\"newest\"")) {
      line = lines.readLine();
      told.add(line);
    }

    assertThat(told).contains("data:\"newest\"").noneMatch(text -> text.contains("between"));
  }

  @Test
  void aPageThatHasGoneIsForgotten() throws Exception {
    start();
    Socket page = page();
    await().until(() -> events.open() == 1);

    page.close();

    await()
        .until(
            () -> {
              events.beat();
              return events.open() == 0;
            });
  }

  private int cutOffAndCount() {
    events.cutOff();
    return events.open();
  }

  private void start() throws IOException {
    server =
        WebServer.listen(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Duration.ofHours(1),
            events);
  }

  private static byte[] json(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private Socket page() throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(WebServer.address(server));
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
  }

  /** Whether the line comes before the connection ends. */
  private static boolean reads(Socket socket, String line) {
    try {
      return lines(socket).lines().anyMatch(line::equals);
    } catch (IOException | RuntimeException cutOff) {
      return false;
    }
  }
}
