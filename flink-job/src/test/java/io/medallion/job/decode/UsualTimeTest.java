package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsualTimeTest {

  private final UsualTime times = new UsualTime(Optional.empty(), false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z", "2026-03-01T12:34:56Z", "2024-02-29T23:59:59.999Z",
        "2026-03-01T12:34:56.1Z", "2026-03-01T12:34:56.12Z", "2026-03-01T12:34:56.123456789Z",
        "1969-12-31T23:59:59.5Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59.9Z",
        "2000-02-29T00:00:00Z", "2026-03-01T12:34:56+02:00", "2026-03-01T12:34:56.5-11:30",
        "2026-03-01T00:34:56.123456+17:59", "2026-03-01T12:34:56-00:00"
      })
  void readsTheUsualFormsAsTheGeneralParserDoes(String text) {
    assertThat(EventTimeParser.parseInstant(text)).isNotEqualTo(EventTimeParser.INVALID);
    assertThat(parse(text)).isEqualTo(EventTimeParser.parseInstant(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000:00Z",
        "2026-03-01",
        "2026-03-01T12:34Z",
        "2026-03-01T12:34:56",
        "2026-03-01t12:34:56z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01T00:00:00.5",
        "2026-01-01T00:00:00ZZ",
        "2026-01-01 00:00:00Z",
        "2026/01/01T00:00:00Z",
        "-026-01-01T00:00:00Z",
        "+12026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+18:00",
        "2026-01-01T00:00:00+02:60",
        "2026-01-01T00:00:00+0200",
        "2026-01-01T00:00:00 02:00",
        "2026-01-01T00:00:00+02:00:01",
        "٢٠٢٦-01-01T00:00:00Z",
        "2026-01-01T0a:00:00Z"
      })
  void leavesEverythingElseToTheGeneralParser(String text) {
    assertThat(parse(text)).isEqualTo(UsualTime.UNUSUAL);
  }

  @Test
  void agreesWithJavaOnAnyInstant() {
    Random random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      Instant instant =
          Instant.ofEpochMilli(random.nextLong(-62_135_596_800_000L, 253_402_300_800_000L));
      assertThat(parse(instant.toString())).isEqualTo(instant.toEpochMilli());
    }
  }

  /** From the middle of a body, among digits that are not of the time. */
  private long parse(String text) {
    byte[] body = ("99" + text + "99").getBytes(UTF_8);
    return times.parse(body, 2, body.length - 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-03:30", "Europe/Berlin", "America/New_York"})
  void withATimeZoneTextsWithoutAnOffsetAreReadAsTheGeneralParserDoes(String name) {
    Optional<ZoneId> zone = Optional.of(ZoneId.of(name));
    UsualTime local = new UsualTime(zone, false);
    EventTimeParser parser = new EventTimeParser(zone);
    for (String date :
        List.of(
            "2026-03-01",
            "2026-03-08",
            "2026-03-29",
            "2026-10-25",
            "2026-02-30",
            "1970-01-02",
            "2026/03/01")) {
      for (String separator : List.of("T", " ", "t", "_")) {
        for (String time :
            List.of(
                "12:34:56",
                "02:30:00",
                "01:59:59",
                "03:00:00",
                "12:34:60",
                "24:00:00",
                "12:34",
                "1:34:56")) {
          for (String end :
              List.of("", ".5", ".123456789", ".", ".1234567890", "Z", "+02:00", ".5Z", " Z")) {
            String text = date + separator + time + end;
            byte[] bytes = text.getBytes(UTF_8);
            long usual = local.parse(bytes, 0, bytes.length);
            if (usual != UsualTime.UNUSUAL) {
              assertThat(usual).as(text).isEqualTo(parser.parse(text));
            }
          }
        }
      }
    }
    byte[] usual = "2026-07-01 12:34:56.5".getBytes(UTF_8);
    assertThat(local.parse(usual, 0, usual.length))
        .isNotEqualTo(UsualTime.UNUSUAL)
        .isEqualTo(
            LocalDateTime.parse("2026-07-01T12:34:56.5")
                .atZone(zone.get())
                .toInstant()
                .toEpochMilli());
  }
}
