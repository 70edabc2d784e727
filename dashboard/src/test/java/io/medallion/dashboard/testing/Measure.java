package io.medallion.dashboard.testing;

import io.medallion.dashboard.Dashboard;
import io.medallion.dashboard.testing.TestLake.Weather;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Not a test: measures the dashboard on 1,000 stations with 30 days of windows of five minutes. Its
 * one argument is a folder, for that lake (about 600 MB), which is made if it is not there.
 */
public final class Measure {

  private static final int STATIONS = 1_000;
  private static final int DAYS = 30;
  private static final int WINDOW_SECONDS = 300;
  private static final int WINDOWS_OF_A_COMMIT = 72;
  private static final Duration RUN = Duration.ofSeconds(30);

  private Measure() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    TestLake lake = new TestLake(folder.resolve("lake"), WINDOW_SECONDS);
    if (!Files.exists(lake.root())) {
      write(lake);
    }
    long begin = System.nanoTime();
    try (Dashboard dashboard =
        Dashboard.onLoopback(lake.root().toString(), 0, Duration.ofSeconds(1))) {
      HttpClient client = HttpClient.newHttpClient();
      while (!get(client, dashboard, "state").contains("\"phase\":\"ready\"")) {
        Thread.sleep(200);
      }
      say("all of the lake read after %.1f s", (System.nanoTime() - begin) / 1e9);
      System.gc();
      say(
          "heap in use %d MB",
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
      paint(dashboard, folder);
      long one = cost(dashboard, 1);
      long fifty = cost(dashboard, 50);
      say("CPU of the server in %d s: 1 page %d ms, 50 pages %d ms", RUN.toSeconds(), one, fifty);
    }
    System.exit(0);
  }

  private static void write(TestLake lake) throws Exception {
    long windows = DAYS * 24L * 3600 / WINDOW_SECONDS;
    for (long window = 0; window < windows; window += WINDOWS_OF_A_COMMIT) {
      List<Weather> some = new ArrayList<>();
      for (long each = window; each < window + WINDOWS_OF_A_COMMIT; each++) {
        for (int station = 0; station < STATIONS; station++) {
          some.add(
              Weather.of("st-%04d".formatted(station), TestLake.START + each * WINDOW_SECONDS));
        }
      }
      lake.gold(some);
    }
    say("lake written");
  }

  /** From asking for the page until its charts are drawn, in an empty browser. */
  private static void paint(Dashboard dashboard, Path folder) throws Exception {
    try (Chromium browser =
        Chromium.start(Chromium.find().orElseThrow(), Files.createTempDirectory(folder, "c"))) {
      for (int round = 0; round < 3; round++) {
        Page page = browser.newPage();
        long begin = System.nanoTime();
        page.open(dashboard.url());
        page.await("Number(document.getElementById('chart-temperature').dataset.points) > 100");
        page.await("document.querySelectorAll('#stations-table tbody tr').length > 0");
        double all = (System.nanoTime() - begin) / 1e6;
        say(
            "first contentful paint %.0f ms, charts and stations there after %.0f ms",
            page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
                .asDouble(),
            all);
      }
    }
  }

  /** Milliseconds of CPU of the server's threads with so many pages, and a state a second. */
  private static long cost(Dashboard dashboard, int pages) throws Exception {
    List<Socket> sockets = new ArrayList<>();
    AtomicLong bytes = new AtomicLong();
    for (int i = 0; i < pages; i++) {
      Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), URI.create(dashboard.url()).getPort());
      socket
          .getOutputStream()
          .write(
              "GET /api/v2/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      Thread reader =
          new Thread(
              () -> {
                byte[] buffer = new byte[8192];
                try {
                  for (int read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                    bytes.addAndGet(read);
                  }
                } catch (IOException closed) {
                  bytes.addAndGet(0);
                }
              },
              "reader");
      reader.setDaemon(true);
      reader.start();
      sockets.add(socket);
    }
    HttpClient client = HttpClient.newHttpClient();
    long before = serverCpu();
    long end = System.nanoTime() + RUN.toNanos();
    // Every ten seconds all pages ask for what a closed window changes.
    while (System.nanoTime() < end) {
      for (int i = 0; i < pages; i++) {
        for (String what :
            new String[] {"stations", "series?range=86400", "windrose?range=86400"}) {
          get(client, dashboard, what);
        }
      }
      Thread.sleep(10_000);
    }
    long used = serverCpu() - before;
    for (Socket socket : sockets) {
      socket.close();
    }
    say("%d pages: %d bytes of events, %d threads of the server", pages, bytes.get(), threads());
    return used / 1_000_000;
  }

  private static long serverCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long sum = 0;
    for (long id : threads.getAllThreadIds()) {
      if (isServer(threads, id)) {
        sum += Math.max(0, threads.getThreadCpuTime(id));
      }
    }
    return sum;
  }

  private static int threads() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    int count = 0;
    for (long id : threads.getAllThreadIds()) {
      count += isServer(threads, id) ? 1 : 0;
    }
    return count;
  }

  private static boolean isServer(ThreadMXBean threads, long id) {
    var info = threads.getThreadInfo(id);
    return info != null
        && (info.getThreadName().startsWith("dashboard-")
            || info.getThreadName().startsWith("HTTP-Dispatcher"));
  }

  private static String get(HttpClient client, Dashboard dashboard, String what) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(dashboard.url() + "/api/v2/" + what)).build(),
            BodyHandlers.ofString())
        .body();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(java.util.Locale.ROOT, format, values));
  }
}
