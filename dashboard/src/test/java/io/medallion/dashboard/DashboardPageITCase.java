package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.medallion.dashboard.testing.Chromium;
import io.medallion.dashboard.testing.Page;
import io.medallion.dashboard.testing.TestLake;
import io.medallion.dashboard.testing.TestLake.Weather;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.lake.LakeAccess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser, on a lake that the sink wrote. */
class DashboardPageITCase {

  private static final Duration REFRESH = Duration.ofMillis(200);
  private static final int WINDOWS = 90;
  private static final String HOSTILE = "<img src=x onerror=\"window.injected=1\">";
  private static final String HOSTILE_STATION = HOSTILE + "'\"&amp;station";
  private static final String HOSTILE_CONDITIONS = "<script>window.injected=2</script>";
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");

  @TempDir static Path folder;
  private static TestLake lake;
  private static Chromium browser;
  private static Dashboard dashboard;
  private Page page;

  @BeforeAll
  static void start() throws Exception {
    Optional<Path> program = Chromium.find();
    assumeTrue(program.isPresent(), "There is no Chromium on the PATH: apt-get install chromium");
    lake = new TestLake(folder.resolve("lake"));
    for (int window = 0; window < WINDOWS; window++) {
      if (window % 10 == 9) {
        lake.gold(windows(window - 9, window));
      }
    }
    lake.events(3_000, 25);
    lake.events(4_000, 30);
    for (int i = 0; i < 3; i++) {
      lake.rejected(
          RejectReason.OUT_OF_RANGE,
          "'humidity' is 101.5, not in [0, 100]",
          "{\"stationId\": \"st-0007\", \"humidity\": 101.5}".getBytes(StandardCharsets.UTF_8));
    }
    lake.rejected(RejectReason.INVALID_JSON, HOSTILE, HOSTILE.getBytes(StandardCharsets.UTF_8));
    lake.rejected(RejectReason.INVALID_UTF8, "not UTF-8", new byte[] {(byte) 0xff, 0x41});
    dashboard = Dashboard.onLoopback(lake.root().toString(), 0, REFRESH);
    browser = Chromium.start(program.get(), folder);
  }

  /** Of 40 stations, one of which would like to be markup. */
  private static List<Weather> windows(int first, int last) {
    List<Weather> windows = new ArrayList<>();
    for (int window = first; window <= last; window++) {
      long start = TestLake.START + (long) window * TestLake.WINDOW_SECONDS;
      for (int station = 1; station < 40; station++) {
        windows.add(Weather.of("st-%04d".formatted(station), start));
      }
      windows.add(new Weather(HOSTILE_STATION, start, 12.5, HOSTILE_CONDITIONS));
    }
    return windows;
  }

  @AfterAll
  static void stop() throws Exception {
    if (browser != null) {
      browser.close();
    }
    if (dashboard != null) {
      dashboard.close();
    }
  }

  @BeforeEach
  void openPage() throws Exception {
    page = browser.newPage();
  }

  @AfterEach
  void nothingWentWrong() {
    assertThat(page.problems()).isEmpty();
  }

  private void openWithGold() throws Exception {
    page.open(dashboard.url());
    page.await("Number(document.getElementById('chart-temperature').dataset.points) >= 80");
    page.await("document.querySelectorAll('#keys-table tbody tr').length > 0");
    page.await("document.querySelectorAll('.rose svg path').length > 0");
    page.await("document.querySelectorAll('#reasons button').length === 3");
  }

  @Test
  void showsWhatTheTablesHold() throws Exception {
    openWithGold();

    for (String chart :
        new String[] {"temperature", "humidity", "windSpeed", "totalPrecipitation"}) {
      assertThat(page.evaluate(colouredPixels(chart)).asInt()).as(chart).isGreaterThan(300);
    }
    assertThat(page.text("#keys-note")).startsWith("40,");
    assertThat(page.text("[data-node=bronze] .rows")).isEqualTo("7,005");
    assertThat(page.text("[data-node=quarantine] .rows")).isEqualTo("5");
    assertThat(page.text("[data-node=late] .rows")).isEqualTo("55");
    assertThat(page.text("#reasons")).contains("Out of range").contains("3 · 60 %");
    assertThat(page.text("#late tbody")).contains("st-0030");
    assertThat(page.text("#live")).isEqualTo("Live");
    assertThat(page.evaluate("document.getElementById('notice').hidden").asBoolean()).isTrue();
  }

  /** Of a chart's line: those that are neither transparent nor grey. */
  private static String colouredPixels(String chart) {
    return """
        (() => {
          const canvas = document.querySelector('#chart-%s canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          let count = 0;
          for (let i = 0; i < pixels.length; i += 4) {
            const [r, g, b, a] = pixels.slice(i, i + 4);
            if (a > 60 && Math.max(r, g, b) - Math.min(r, g, b) > 60) {
              count++;
            }
          }
          return count;
        })()"""
        .formatted(chart);
  }

  @Test
  void aNewWindowAppearsByItself() throws Exception {
    TestLake own = new TestLake(folder.resolve("growing"));
    own.gold(List.of(Weather.of("a", TestLake.START)));
    try (Dashboard growing = Dashboard.onLoopback(own.root().toString(), 0, REFRESH)) {
      page.open(growing.url());
      page.await("document.getElementById('chart-temperature').dataset.points === '1'");

      own.gold(
          List.of(new Weather("a", TestLake.START + TestLake.WINDOW_SECONDS, 41.5, "Heat wave")));

      page.awaitText("#now", "41.5");
      page.awaitText("#now", "Heat wave");
      page.await("document.getElementById('chart-temperature').dataset.points === '2'");
      page.open("about:blank");
    }
  }

  @Test
  void aStationIsChosenByItsName() throws Exception {
    openWithGold();
    String all = page.text("#chart-temperature .value");

    page.evaluate("document.getElementById('key').focus()");
    page.type("st-0012");

    page.awaitText("#trend-note", "Station id st-0012");
    page.await(
        "document.querySelector('#chart-temperature .value').textContent !== " + Page.quoted(all));
    page.evaluate("document.getElementById('key-clear').click()");
    page.awaitText("#trend-note", "All");
  }

  @Test
  void theStationsAreFilteredAndSorted() throws Exception {
    openWithGold();

    page.evaluate("document.getElementById('keys-filter').focus()");
    page.type("ST-003");

    page.awaitText("#keys-note", "10 of 40");
    assertThat(page.evaluate("document.querySelectorAll('#keys-table tbody tr').length").asInt())
        .isEqualTo(10);
    page.evaluate("document.querySelectorAll('#keys-table thead button')[2].click()");
    assertThat(
            page.evaluate(
                    "[...document.querySelectorAll('#keys-table tbody tr')]"
                        + ".map(row => Number(row.cells[2].textContent.replace('−', '-')))"
                        + ".every((value, i, all) => i === 0 || all[i - 1] >= value)")
                .asBoolean())
        .isTrue();
  }

  @Test
  void draggingOverAChartZoomsAllOfThem() throws Exception {
    openWithGold();
    page.evaluate("document.getElementById('charts').scrollIntoView({behavior: 'instant'})");
    double left =
        page.evaluate(
                "document.querySelector('#chart-humidity .u-over').getBoundingClientRect().left")
            .asDouble();
    double width =
        page.evaluate("document.querySelector('#chart-humidity .u-over').clientWidth").asDouble();
    double y =
        page.evaluate(
                    "document.querySelector('#chart-humidity .u-over').getBoundingClientRect().top")
                .asDouble()
            + 40;

    page.drag(left + width * 0.3, left + width * 0.7, y);

    page.await("!document.getElementById('zoom-reset').disabled");
    page.await("Number(document.getElementById('chart-totalPrecipitation').dataset.points) < 60");
    page.press("Escape", 27);
    page.await("Number(document.getElementById('chart-totalPrecipitation').dataset.points) >= 80");
  }

  @Test
  void theKeyboardReachesEverything() throws Exception {
    openWithGold();

    page.press("Tab", 9);
    assertThat(page.evaluate("document.activeElement.className").asText()).isEqualTo("skip");
    page.evaluate("document.querySelector('[data-zoom=in]').focus()");
    page.press("Enter", 13);
    page.await("!document.getElementById('zoom-reset').disabled");
    assertThat(page.evaluate("document.activeElement.dataset.zoom").asText()).isEqualTo("in");
    assertThat(
            page.evaluate(
                    "[...document.querySelectorAll('button, input, a')].every(e => (e.textContent"
                        + " || e.getAttribute('aria-label') || e.labels?.[0]?.textContent"
                        + " || '').trim() !== '')")
                .asBoolean())
        .isTrue();
  }

  @Test
  void whatComesFromEventsIsNeverMarkup() throws Exception {
    openWithGold();
    page.evaluate(
        "[...document.querySelectorAll('#reasons button')]"
            + ".find(button => button.dataset.reason === 'INVALID_JSON').click()");

    assertThat(page.text("#samples .detail")).isEqualTo(HOSTILE);
    assertThat(page.text("#samples pre")).isEqualTo(HOSTILE);
    page.evaluate("document.getElementById('keys-filter').focus()");
    page.type("onerror");
    page.awaitText("#keys-note", "1 of 40");
    assertThat(page.text("#keys-table tbody button")).isEqualTo(HOSTILE_STATION);
    assertThat(page.text("#keys-table tbody td")).isEqualTo(HOSTILE_CONDITIONS);
    page.evaluate("document.querySelector('#keys-table tbody button').click()");
    page.awaitText("#trend-note", HOSTILE_STATION);
    assertThat(page.evaluate("typeof window.injected").asText()).isEqualTo("undefined");
  }

  @Test
  void aLakeThatIsNotThereYetIsWaitedFor() throws Exception {
    TestLake later = new TestLake(folder.resolve("later"));
    try (Dashboard waiting = Dashboard.onLoopback(later.root().toString(), 0, REFRESH)) {
      page.open(waiting.url());
      page.awaitText("#notice", "There is no lake here yet");
      page.awaitText("#notice-command", "./medallion local --lake " + later.root());

      later.gold(List.of(Weather.of("a", TestLake.START)));

      page.awaitText("#keys-note", "1,");
      page.await("document.getElementById('notice').hidden");
      page.open("about:blank");
    }
  }

  @Test
  void aLostConnectionIsSaidAndTakenUpAgain() throws Exception {
    Dashboard first = Dashboard.onLoopback(lake.root().toString(), 0, REFRESH);
    String url = first.url();
    try {
      page.open(url);
      page.awaitText("#live", "Live");
    } finally {
      first.close();
    }
    page.awaitText("#live", "Connection lost");

    int port = Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
    try (Dashboard second = Dashboard.onLoopback(lake.root().toString(), port, REFRESH)) {
      page.awaitText("#live", "Live");
      assertThat(second.url()).isEqualTo(url);
      page.open("about:blank");
    }
    // Requests that failed while there was no server.
    page.problems().removeIf(text -> text.contains("ERR_"));
  }

  @Test
  void whoHasTheTokenGetsIn() throws Exception {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Dashboard locked =
        Dashboard.start(
            LakeAccess.to(lake.root().toString()),
            address,
            Optional.of("a-token-of-some-length"),
            REFRESH)) {
      page.open(locked.url());
      page.await("document.getElementById('token') !== null");
      enter("a-token-of-other-length");
      page.awaitText("#login-error", "not the token");
      enter("a-token-of-some-length");
      page.awaitText("#live", "Live");
      page.open("about:blank");
    }
    page.problems().removeIf(text -> text.contains("401"));
  }

  private void enter(String token) throws Exception {
    page.evaluate("document.getElementById('token').value = " + Page.quoted(token));
    page.evaluate("document.querySelector('button').click()");
  }

  @ParameterizedTest
  @CsvSource({
    "phone, 375, light", "laptop, 1280, light", "wall, 2560, light",
    "phone, 375, dark", "laptop, 1280, dark", "wall, 2560, dark"
  })
  void nothingOverflowsAtAnyWidth(String screen, int width, String colours) throws Exception {
    page.dark(colours.equals("dark"));
    page.size(width, 900);
    openWithGold();
    int height = page.evaluate("document.documentElement.scrollHeight").asInt();
    page.size(width, height);
    page.await("document.querySelector('#chart-temperature canvas').clientWidth > 200");
    page.screenshot(SCREENSHOTS.resolve(screen + "-" + colours + ".png"));

    assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
    assertThat(page.evaluate("document.documentElement.dataset.theme").asText()).isEqualTo(colours);
  }
}
