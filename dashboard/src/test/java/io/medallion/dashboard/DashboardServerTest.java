package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.dashboard.testing.TestLake;
import io.medallion.dashboard.testing.TestLake.Weather;
import io.medallion.maintenance.lake.LakeAccess;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API over HTTP, as docs/dashboard.md describes it. */
class DashboardServerTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration REFRESH = Duration.ofMillis(100);
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  @TempDir static Path folder;
  private static TestLake lake;
  private static Dashboard dashboard;
  private static Dashboard locked;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    lake = new TestLake(folder);
    lake.gold(
        Stream.iterate(TestLake.START, start -> start + TestLake.WINDOW_SECONDS)
            .limit(40)
            .flatMap(start -> Stream.of(Weather.of("a", start), Weather.of("b", start)))
            .toList());
    dashboard = Dashboard.onLoopback(folder.toString(), 0, REFRESH);
    locked =
        Dashboard.start(
            LakeAccess.to(folder.toString()),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            Optional.of(TOKEN),
            REFRESH);
    await().until(() -> json("/api/v2/state").path("phase").asText().equals("ready"));
    await().until(() -> json("/api/v2/keys").path("keys").size() == 2);
  }

  @AfterAll
  static void stop() {
    dashboard.close();
    locked.close();
  }

  @Test
  void aSeriesIsToldColumnByColumn() throws Exception {
    JsonNode series = json("/api/v2/series?key=a&range=200");

    assertThat(series.path("stepSeconds").intValue()).isEqualTo(TestLake.WINDOW_SECONDS);
    assertThat(series.path("time")).hasSize(20);
    for (String column :
        new String[] {
          "eventCount",
          "temperature",
          "minTemperature",
          "maxTemperature",
          "humidity",
          "windSpeed",
          "maxWindSpeed",
          "windDirectionDegrees",
          "totalPrecipitation"
        }) {
      assertThat(series.path("values").path(column)).as(column).hasSize(20);
    }
    assertThat(json("/api/v2/series?table=weather_summary&range=200").path("key").asText())
        .isEmpty();
    assertThat(json("/api/v2/series?key=a&range=400&points=10").path("stepSeconds").intValue())
        .isEqualTo(120);
  }

  @Test
  void theWindRoseCountsAllWindowsOfAllStations() throws Exception {
    JsonNode rose = json("/api/v2/windrose?range=200");

    long counted = rose.path("calm").longValue();
    for (JsonNode sector : rose.path("sectors")) {
      for (JsonNode windows : sector) {
        counted += windows.longValue();
      }
    }
    assertThat(counted).isEqualTo(40).isEqualTo(rose.path("windows").longValue());
    assertThat(rose.path("sectors")).hasSize(16);
  }

  @Test
  void whatHasNotChangedIsNotSentAgain() throws Exception {
    HttpResponse<String> first = get("/api/v2/keys");
    String tag = first.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get("/api/v2/keys", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/", "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void contentIsCompressedForWhoTakesIt() throws Exception {
    HttpResponse<byte[]> response =
        CLIENT.send(
            request("/assets/uplot.js", "Accept-Encoding", "gzip, br").build(),
            BodyHandlers.ofByteArray());

    assertThat(response.headers().firstValue("Content-Encoding")).contains("gzip");
    String whole = get("/assets/uplot.js").body();
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(response.body()))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(whole);
    }
    assertThat(response.body().length).isLessThan(whole.length() / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v2/state", "/api/v2/series?range=x", "/nothing"})
  void everyAnswerHasTheSecurityHeaders(String path) throws Exception {
    HttpResponse<String> response = get(path);

    assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(response.headers().firstValue("Cache-Control")).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../pom.xml",
        "/assets/../index.html",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/assets/",
        "/etc/passwd",
        "/assets/page.css%00",
        "/api/v2/state/",
        "/api/v2/state;x=y",
        "//api/v2/state",
        "/api/v2",
        "/api/v1/state"
      })
  void pathsThatAreNotOnTheListAreNotFound(String path) throws Exception {
    assertThat(raw("GET " + path + " HTTP/1.1", "Host: 127.0.0.1")).startsWith("HTTP/1.1 404");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "series?range=0",
        "series?range=99999999999999999999",
        "series?range=-5",
        "series?range=1e3",
        "series?points=5",
        "series?points=100000",
        "series?from=5",
        "series?from=10&to=5",
        "series?from=0&to=9999999999",
        "series?from=0&to=5&range=5",
        "series?key=a&key=b",
        "series?other=1",
        "windrose?points=100",
        "state?x",
        "keys?limit=5",
        "keys?table=none"
      })
  void parametersThatAreNotUnderstoodAreSaidSo(String query) throws Exception {
    HttpResponse<String> response = get("/api/v2/" + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(response.body()).path("error").asText()).isNotEmpty();
  }

  @Test
  void anUnknownStationIsNotFound() throws Exception {
    assertThat(get("/api/v2/series?key=c").statusCode()).isEqualTo(404);
    assertThat(get("/api/v2/windrose?key=c").statusCode()).isEqualTo(404);
    assertThat(get("/api/v2/series?key=" + "c".repeat(1_500)).statusCode()).isEqualTo(400);
  }

  /** A page that was open over a restart asks for what it showed. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "series?key=a&range=900",
        "series?table=weather_summary&range=900",
        "windrose?key=a",
        "windrose"
      })
  void beforeATableHasBeenReadNothingIsMissing(String question) throws Exception {
    try (Dashboard empty = Dashboard.onLoopback(folder.resolve("none").toString(), 0, REFRESH)) {
      HttpResponse<String> response =
          CLIENT.send(
              HttpRequest.newBuilder(URI.create(empty.url() + "/api/v2/" + question)).build(),
              BodyHandlers.ofString());

      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      JsonNode answer = JSON.readTree(response.body());
      assertThat(answer.path("time").size() + answer.path("calm").asInt()).isZero();
    }
  }

  @Test
  void onlyWhatIsAllowedCanBeDone() throws Exception {
    HttpResponse<String> response =
        CLIENT.send(request("/api/v2/state").DELETE().build(), BodyHandlers.ofString());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD");
    assertThat(raw("HEAD / HTTP/1.1", "Host: localhost"))
        .startsWith("HTTP/1.1 200")
        .containsIgnoringCase("etag: ");
  }

  @Test
  void underAForeignNameNothingIsTold() throws Exception {
    assertThat(raw("GET /api/v2/state HTTP/1.1", "Host: evil.example")).startsWith("HTTP/1.1 421");
    assertThat(raw("GET /api/v2/state HTTP/1.1", "Host: 127.0.0.1.evil.example:80"))
        .startsWith("HTTP/1.1 421");
    assertThat(raw("GET /api/v2/state HTTP/1.1", "Host: LocalHost:80")).startsWith("HTTP/1.1 200");
    assertThat(raw("GET /api/v2/state HTTP/1.1", "Host: [::1]:80")).startsWith("HTTP/1.1 200");
  }

  @Test
  void anotherSitesPageCannotStartAnAudit() throws Exception {
    assertThat(
            raw(
                "POST /api/v2/audit HTTP/1.1",
                "Host: 127.0.0.1",
                "Origin: https://evil.example",
                "Content-Length: 0"))
        .startsWith("HTTP/1.1 403");
    assertThat(
            raw(
                "POST /api/v2/audit HTTP/1.1",
                "Host: 127.0.0.1",
                "Sec-Fetch-Site: cross-site",
                "Content-Length: 0"))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v2/state HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept",
        "POST /api/v2/audit HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 9\r\n\r\n{"
      })
  void requestsThatAreNotFinishedHoldUpNoOther(String half) throws Exception {
    List<Socket> askers = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(dashboard));
        askers.add(socket);
        socket.getOutputStream().write(half.getBytes(StandardCharsets.US_ASCII));
      }
      HttpRequest other = request("/api/v2/state").timeout(Duration.ofSeconds(10)).build();

      assertThat(CLIENT.send(other, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : askers) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2000000000\r\n\r\n{",
        "Transfer-Encoding: chunked\r\n\r\n2000\r\n%s\r\n0\r\n\r\n"
      })
  void aLongBodyIsRefusedAndNotKept(String body) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(dashboard))) {
      String request =
          "POST /api/v2/session HTTP/1.1\r\nHost: 127.0.0.1\r\n"
              + body.formatted("x".repeat(0x2000));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));

      String status =
          new BufferedReader(
                  new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      assertThat(status).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void withoutTheTokenNothingIsTold() throws Exception {
    assertThat(status(locked, "/api/v2/state")).isEqualTo(401);
    assertThat(status(locked, "/api/v2/events")).isEqualTo(401);
    assertThat(status(locked, "/assets/app.js")).isEqualTo(401);
    assertThat(status(locked, "/")).isEqualTo(303);
    assertThat(status(locked, "/login")).isEqualTo(200);
    assertThat(status(locked, "/api/v2/state", "Authorization", "Bearer " + TOKEN.substring(1)))
        .isEqualTo(401);
    assertThat(status(locked, "/api/v2/state", "Authorization", "Bearer " + TOKEN)).isEqualTo(200);
  }

  @Test
  void theTokenIsExchangedForACookieAndGuessingIsSlow() throws Exception {
    HttpResponse<String> session = logIn(TOKEN);
    assertThat(session.statusCode()).isEqualTo(204);
    String cookie = session.headers().firstValue("Set-Cookie").orElseThrow();
    assertThat(cookie).contains("HttpOnly").contains("SameSite=Strict").doesNotContain(TOKEN);
    assertThat(status(locked, "/api/v2/state", "Cookie", cookie.substring(0, cookie.indexOf(';'))))
        .isEqualTo(200);
    assertThat(status(locked, "/api/v2/state", "Cookie", "medallion=" + "A".repeat(43)))
        .isEqualTo(401);

    for (int i = 0; i < 10; i++) {
      assertThat(logIn("wrong" + i).statusCode()).isEqualTo(401);
    }
    assertThat(logIn(TOKEN).statusCode()).isEqualTo(429);
  }

  @Test
  void anAuditRunsOnceAtATimeAndTellsWhatItFound() throws Exception {
    assertThat(json("/api/v2/audit").path("phase").asText()).isEqualTo("none");

    assertThat(post("/api/v2/audit").statusCode()).isEqualTo(202);
    HttpResponse<String> second = post("/api/v2/audit");
    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("Retry-After")).isPresent();

    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> !json("/api/v2/audit").path("phase").asText().equals("running"));
    JsonNode audit = json("/api/v2/audit");
    assertThat(audit.path("phase").asText()).as(audit.toString()).isEqualTo("done");
    assertThat(audit.at("/report/checks").isArray()).isTrue();
    assertThat(audit.at("/report/tables/gold~1weather_by_station/rows").longValue()).isEqualTo(80);
  }

  @Test
  void aCommitIsToldToWhoListens() throws Exception {
    Path own = folder.resolve("own");
    TestLake growing = new TestLake(own);
    growing.gold(List.of(Weather.of("a", TestLake.START)));
    try (Dashboard live = Dashboard.onLoopback(own.toString(), 0, REFRESH);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(live))) {
      socket
          .getOutputStream()
          .write(
              "GET /api/v2/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      BlockingQueue<String> states = states(socket);
      awaitRows(states, 1);

      growing.gold(List.of(Weather.of("a", TestLake.START + TestLake.WINDOW_SECONDS)));

      awaitRows(states, 2);
    }
  }

  /** What the event stream says of the lake's state, as it says it. */
  private static BlockingQueue<String> states(Socket socket) {
    BlockingQueue<String> states = new LinkedBlockingQueue<>();
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines =
                  new BufferedReader(
                      new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
                lines
                    .lines()
                    .filter(line -> line.startsWith("data:{\"lake\""))
                    .forEach(line -> states.add(line.substring("data:".length())));
              } catch (IOException | UncheckedIOException closed) {
                states.add("{}");
              }
            });
    reader.setDaemon(true);
    reader.start();
    return states;
  }

  private static void awaitRows(BlockingQueue<String> states, long rows) throws Exception {
    long seen = -1;
    while (seen != rows) {
      String state = states.poll(60, TimeUnit.SECONDS);
      assertThat(state).as("a state with " + rows + " rows").isNotNull();
      for (JsonNode table : JSON.readTree(state).path("tables")) {
        if (table.path("name").asText().equals("gold/weather_by_station")) {
          seen = table.path("rows").longValue();
        }
      }
    }
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    return request(dashboard, path, headers);
  }

  private static HttpRequest.Builder request(Dashboard of, String path, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(of.url() + path));
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  private static HttpResponse<String> get(String path, String... headers) throws Exception {
    return CLIENT.send(request(path, headers).build(), BodyHandlers.ofString());
  }

  private static JsonNode json(String path) throws Exception {
    return JSON.readTree(get(path).body());
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return CLIENT.send(
        request(path).POST(HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> logIn(String token) throws Exception {
    return CLIENT.send(
        request(locked, "/api/v2/session")
            .POST(HttpRequest.BodyPublishers.ofString("{\"token\": \"" + token + "\"}"))
            .build(),
        BodyHandlers.ofString());
  }

  private static int status(Dashboard of, String path, String... headers) throws Exception {
    return CLIENT.send(request(of, path, headers).build(), BodyHandlers.discarding()).statusCode();
  }

  private static int port(Dashboard of) {
    return URI.create(of.url()).getPort();
  }

  /** Sends lines as they are, and returns the answer. */
  private static String raw(String... lines) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(dashboard))) {
      String request = String.join("\r\n", lines) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
