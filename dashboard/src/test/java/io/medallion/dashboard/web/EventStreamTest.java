package io.medallion.dashboard.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Pages that do not take what they are sent, over real connections. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventStreamTest {

  /** More than a connection's buffers hold. */
  private static final byte[] LARGE_STATE =
      ("\"" + "x".repeat(32 * 1024 * 1024) + "\"").getBytes(StandardCharsets.US_ASCII);

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);
  private final CountDownLatch timerIsHeldUp = new CountDownLatch(1);
  private HttpServer server;
  private EventStream events;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    events = new EventStream(new Patience(timer));
    server.createContext("/", exchange -> assertThat(events.accept(exchange)).isTrue());
    server.start();
  }

  @AfterEach
  void stop() {
    timerIsHeldUp.countDown();
    timer.shutdownNow();
    events.close();
    server.stop(0);
  }

  @Test
  void aPageThatTakesNothingHoldsUpNoOther() throws Exception {
    holdUpTimer();
    try (Socket stalled = page();
        Socket reading = page()) {
      await().until(() -> events.open() == 2);
      events.state(LARGE_STATE);
      events.state("\"next\"".getBytes(StandardCharsets.US_ASCII));
      CompletableFuture<Boolean> told =
          CompletableFuture.supplyAsync(() -> reads(reading, "data: \"next\""));
      assertThat(told.get()).isTrue();
      assertThat(stalled.isConnected()).isTrue();
      assertThat(events.open()).isEqualTo(2);
    }
  }

  @Test
  void aPageThatTakesNothingIsCutOff() throws Exception {
    try (Socket stalled = page()) {
      await().until(() -> events.open() == 1);
      events.state(LARGE_STATE);
      await().atMost(1, TimeUnit.MINUTES).until(() -> events.open() == 0);
      assertThat(reads(stalled, "data: \"next\"")).isFalse();
    }
  }

  /** So that no page is cut off. */
  private void holdUpTimer() {
    timer.execute(
        () -> {
          try {
            timerIsHeldUp.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private Socket page() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4 * 1024);
    socket.connect(server.getAddress());
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** Whether the line comes before the connection ends. */
  private static boolean reads(Socket socket, String line) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
      return lines.lines().anyMatch(line::equals);
    } catch (IOException | RuntimeException cutOff) {
      return false;
    }
  }
}
