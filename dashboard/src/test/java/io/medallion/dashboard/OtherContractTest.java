package io.medallion.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.dashboard.testing.TestLake;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API on lakes of other events than the weather. */
class OtherContractTest {

  private static final long MICROS = 1_000_000;
  private static final Contract TELEMETRY = ContractReader.named("telemetry");

  @TempDir private Path folder;

  private static Map<String, Object> window(long start, String device, double value) {
    return Map.of(
        "windowStart",
        start * MICROS,
        "windowEnd",
        (start + 300) * MICROS,
        "deviceId",
        device,
        "eventCount",
        7L,
        "value",
        value,
        "minValue",
        value - 1,
        "maxValue",
        value + 1,
        "type",
        "CO2");
  }

  @Test
  void aLakeIsShownByItsContractAlsoIfItComesLater() throws Exception {
    try (Dashboard dashboard = Dashboard.onLoopback(folder.toString(), 0, Duration.ofMillis(100))) {
      assertThat(json(dashboard, "contract").path("name").asText()).isEqualTo("weather");

      new TestLake(folder)
          .gold(TELEMETRY, 0, List.of(window(300, "<b>", 5.5), window(600, "<b>", 6.5)));

      await().until(() -> json(dashboard, "contract").path("name").asText().equals("telemetry"));
      JsonNode table = json(dashboard, "contract").at("/tables/0");
      assertThat(table.path("by").asText()).isEqualTo("deviceId");
      assertThat(table.path("measures")).hasSize(6);
      assertThat(table.path("words")).hasSize(1);
      await().until(() -> json(dashboard, "keys").path("keys").size() == 1);
      JsonNode key = json(dashboard, "keys").at("/keys/0");
      assertThat(key.path("key").asText()).isEqualTo("<b>");
      assertThat(key.at("/values/value").asDouble()).isEqualTo(6.5);
      assertThat(key.at("/values/type").asText()).isEqualTo("CO2");
      assertThat(key.at("/values/moreData0").isNull()).isTrue();
      assertThat(json(dashboard, "series?key=%3Cb%3E").at("/values/maxValue"))
          .extracting(JsonNode::asDouble)
          .containsExactly(6.5, 7.5);
    }
  }

  private static JsonNode json(Dashboard dashboard, String path) throws Exception {
    return new JsonMapper().readTree(URI.create(dashboard.url() + "/api/v2/" + path).toURL());
  }
}
