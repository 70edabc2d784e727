package io.medallion.maintenance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.contract.sample.SampleCheck;
import io.medallion.maintenance.contract.sample.SampleRecord;
import io.medallion.maintenance.contract.sample.SampleSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The contracts in contracts/examples/ take the feeds that they are for. */
class ExampleContractsTest {

  private static final Path EXAMPLES = Path.of("../contracts/examples");

  private final List<String> rows = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "raspberry-pi, 3, {}, 'temperature=27.35682698412513, humidity=71.18440963382041, deviceId=Raspberry Pi Web Client'",
    "openweather, 2, {}, 'city=Porto, temperature=13.900000000000034, humidity=94.0, pressure=1007.0, windSpeed=35.172, windDirection=SSW, rain=2.41, cityId=2735943, eventTime=2026-11-25T10:10:00Z, eventId=1795601400'",
    "rtl_433, 4, {}, 'model=Nexus-TH, channel=2, batteryOk=0.0, temperature=-3.2, humidity=74.0, windSpeed=null, windGust=null, windDirection=null, rain=null, sensorId=Nexus-TH/201'",
    "tasmota, 5, {}, 'temperature=20.4, humidity=47.1, pressure=null, power=null, energyToday=null, device=kitchen, eventTime=2026-11-25T14:10:00Z'",
    "cloudevents, 3, {}, 'temperature=79.9, battery=101.0, source=/plant/hall-2/oven-7, eventTime=2026-11-25T16:31:30.250Z, eventId=A234-1234-1235, qualityFlags=OUT_OF_RANGE:battery'",
    "iothub, 3, {WRONG_TYPE=1}, 'temperature=22.0, humidity=41.5, deviceId=boiler-1, eventTime=2026-11-25T12:00:03.500Z, eventId=e3'",
    "gateway, 4, {BAD_QUALITY=1}, 'gateway=hall-2, value=3.75, quality=null, sensor=p1, eventTime=2026-11-25T12:00:05Z, eventId=2, qualityFlags=INVALID_VALUE:quality'",
    "home-assistant, 3, {}, 'value=null, unit=%, name=Cellar, restored=true, entityId=sensor.cellar_humidity, eventTime=2026-11-25T12:00:02Z'",
    "zeek, 3, {}, 'state=SF, origin=192.168.4.76, eventTime=2026-11-25T12:00:00.305Z, eventId=CMdzit1AMNsmfAIiQc'",
    "suricata, 2, {VALUE_NOT_ALLOWED=1}, 'app=null, bytesOut=90, bytesIn=0, started=2026-11-25T12:00:30Z, alerted=true, endpoints=2001:db8::5>2001:db8::1, eventTime=2026-11-25T12:01:00Z, eventId=586497171462735'",
    "telegraf, 3, {MISSING_FIELD=1}, 'user=50.0, system=13.0, waiting=1.5, processor=web-1/cpu1, eventTime=2026-11-25T12:00:00Z'",
    "the-things-network, 3, {}, 'port=2, temperature=null, humidity=60.0, battery=null, rssi=null, device=farm/greenhouse-2, eventTime=2026-11-25T12:00:09Z, eventId=88'",
    "smart-meter, 3, {}, 'energy=12345.678, energyOut=null, power=-350.5, relay=true, tariff=1, meter=north/10245, eventTime=2026-11-25T12:00:00Z'",
    "iot-central, 2, {}, 'kind=cloudPropertyChange, target=null, fan=false, serial=4711, site=null, deviceId=18a985g1fta, eventTime=2026-11-25T12:01:00Z'",
    "meters, 2, {}, 'energy=120.5, voltage=231.2, meter=4711, eventTime=2026-11-25T12:00:00Z, eventId=null, hour=12, extras={\"phase\":1}'",
  })
  void anExampleTakesItsSample(String name, long valid, String rejected, String row)
      throws IOException {
    SampleSummary summary = check(ContractReader.read(EXAMPLES.resolve(name + ".yaml")), name);

    assertThat(summary.valid()).isEqualTo(valid);
    assertThat(summary.rejected()).hasToString(rejected);
    assertThat(summary.neverSeen()).isEmpty();
    assertThat(summary.keyless()).isZero();
    assertThat(rows).anyMatch(found -> found.contains(row));
  }

  @Test
  void theEventOfTheSourceDocumentsIsAccepted() throws IOException {
    SampleSummary summary = check(ContractReader.standard(), "weather");

    assertThat(summary.valid()).isEqualTo(1);
    assertThat(summary.rejected()).isEmpty();
  }

  @Test
  void everyExampleHasASampleAndIsTried() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "raspberry-pi.yaml",
              "raspberry-pi.jsonl",
              "openweather.yaml",
              "openweather.jsonl",
              "rtl_433.yaml",
              "rtl_433.jsonl",
              "tasmota.yaml",
              "tasmota.jsonl",
              "cloudevents.yaml",
              "cloudevents.jsonl",
              "iothub.yaml",
              "iothub.jsonl",
              "gateway.yaml",
              "gateway.jsonl",
              "meters.yaml",
              "meters.jsonl",
              "home-assistant.yaml",
              "home-assistant.jsonl",
              "zeek.yaml",
              "zeek.jsonl",
              "suricata.yaml",
              "suricata.jsonl",
              "telegraf.yaml",
              "telegraf.jsonl",
              "the-things-network.yaml",
              "the-things-network.jsonl",
              "smart-meter.yaml",
              "smart-meter.jsonl",
              "iot-central.yaml",
              "iot-central.jsonl",
              "weather.jsonl");
    }
  }

  private SampleSummary check(Contract contract, String name) throws IOException {
    SampleRecord like = new SampleRecord(Optional.of("kitchen"), Map.of(), Optional.empty());
    try (InputStream in = Files.newInputStream(EXAMPLES.resolve(name + ".jsonl"))) {
      return new SampleCheck(contract, like)
          .run(
              in,
              new SampleCheck.Verdicts() {
                @Override
                public void valid(long line, Map<String, Object> row) {
                  rows.add(new LinkedHashMap<>(row).toString());
                }

                @Override
                public void rejected(long line, String reason, String detail) {}
              });
    }
  }
}
