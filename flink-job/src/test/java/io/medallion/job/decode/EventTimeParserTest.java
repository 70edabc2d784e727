package io.medallion.job.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeParserTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z", "2026-03-01T12:34:56Z", "2024-02-29T23:59:59.999Z",
        "2026-03-01T12:34:56.1Z", "2026-03-01T12:34:56.12Z", "2026-03-01T12:34:56.123456789Z",
        "2026-03-01T12:34:56+02:00", "2026-03-01T12:34:56.5-11:30", "2026-03-01T12:34Z",
        "1969-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9Z",
        "2000-02-29T00:00:00Z", "2026-03-01t12:34:56z"
      })
  void readsWhatIsoAllows(String text) {
    assertThat(EventTimeParser.parseInstant(text))
        .isEqualTo(OffsetDateTime.parse(text).toInstant().toEpochMilli());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-03-01",
        "2026-03-01T12:34:56",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-02-30T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:60Z",
        "2026-01-01T00:00:00.1234567890Z",
        "2026-01-01T00:00:00,5Z",
        "2026-01-01 00:00:00Z",
        "2026/01/01T00:00:00Z",
        "-026-01-01T00:00:00Z",
        "2026-01-01T00:00:00+25:00",
        "+999999999-12-31T23:59:59Zx",
        "٢٠٢٦-01-01T00:00:00Z",
        "2026-01-01T0a:00:00Z"
      })
  void refusesEverythingElse(String text) {
    assertThat(EventTimeParser.parseInstant(text)).isEqualTo(EventTimeParser.INVALID);
  }

  @Test
  void refusesAnyLengthWithoutReadingIt() {
    assertThat(EventTimeParser.parseInstant("9".repeat(1 << 20)))
        .isEqualTo(EventTimeParser.INVALID);
  }
}
