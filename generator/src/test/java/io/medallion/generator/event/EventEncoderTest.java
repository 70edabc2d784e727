package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WeatherModel;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventEncoderTest {

  private final ByteWriter out = new ByteWriter(64);

  @ParameterizedTest
  @CsvSource({"0, 0", "5, 0.5", "-5, -0.5", "200, 20", "-123, -12.3", "1800, 180", "99999, 9999.9"})
  void tenthsAreWrittenAsJsonNumbers(int tenths, String expected) {
    out.putTenths(tenths);

    assertThat(new String(out.toBytes(), US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "7, 0, 7",
    "-120, 0, -120",
    "9223372036854775807, 0, 9223372036854775807",
    "5, 1, 0.5",
    "-5, 3, -0.005",
    "12345, 2, 123.45",
    "100, 2, 1.00"
  })
  void decimalsAreWrittenAsJsonNumbers(long digits, int decimals, String expected) {
    out.putDecimal(digits, decimals);

    assertThat(new String(out.toBytes(), US_ASCII)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31T23:59:59.999Z",
        "2026-02-01T00:00:00.000Z",
        "1970-01-01T00:00:00.001Z",
        "2036-02-29T12:30:07.050Z"
      })
  void timesAreWrittenAsIso8601InUtc(String time) {
    new IsoTime().write(Instant.parse(time).toEpochMilli(), out);

    assertThat(new String(out.toBytes(), US_ASCII)).isEqualTo(time);
  }

  @Test
  void anExtendedEventIsTheSixFieldsAfterStationTimeAndId() {
    String event = encode(EventFormat.EXTENDED);

    assertThat(event)
        .matches(
            "\\{\"stationId\":\"st-0002\",\"eventTime\":\"2027-01-15T08:00:00.000Z\","
                + "\"eventId\":\"[0-9a-z]{8}p\",\"temperature\":-?[0-9.]+,\"humidity\":[0-9]+,"
                + "\"windSpeed\":[0-9.]+,\"windDirection\":\"[NESW]{1,3}\","
                + "\"precipitation\":[0-9.]+,\"conditions\":\"[A-Za-z ]+\"}");
  }

  @Test
  void aSeedEventIsTheSixFieldsOnly() {
    assertThat(encode(EventFormat.EXTENDED)).endsWith(encode(EventFormat.SEED).substring(1));
    assertThat(encode(EventFormat.SEED)).startsWith("{\"temperature\":");
  }

  private static String encode(EventFormat format) {
    long time = Instant.parse("2027-01-15T08:00:00Z").toEpochMilli();
    Reading reading = new Reading();
    new WeatherModel(2, 5).read(1, time, 0, reading);
    return new String(
        new EventEncoder(format, new Stations(2), 1, time).encode(1, time, 22, reading), US_ASCII);
  }
}
