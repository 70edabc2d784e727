package io.medallion.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.event.EventFormat;
import io.medallion.generator.rate.Schedule;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * Hashes made with the last release that knew no contracts, but for {@code nan} in place of {@code
 * NaN}.
 */
class WeatherUnchangedTest {

  private static final long START = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();
  private static final byte[] NONE = "(none)".getBytes(US_ASCII);

  @Test
  void theWeatherIsByteForByteWhatItWas() throws Exception {
    GeneratorOptionsBuilder options =
        GeneratorOptions.builder()
            .invalidRatio(0.2)
            .duplicateRatio(0.04)
            .lateRatio(0.05)
            .futureRatio(0.01);

    assertThat(hash(options))
        .isEqualTo("d5f7333053b78beacfd131b8ad5de5a76fcac0b78ed9e3f6bbe30ef601066108");
  }

  @Test
  void theSixFieldsOfTheSeedDocumentAreByteForByteWhatTheyWere() throws Exception {
    GeneratorOptionsBuilder options =
        GeneratorOptions.builder().format(EventFormat.SEED).invalidRatio(0.2).seed(11);

    assertThat(hash(options))
        .isEqualTo("248c65a67f4a5635247a85c6612b949bfc940e70a2af3daa7e50b63760b2e015");
  }

  private static String hash(GeneratorOptionsBuilder options) throws Exception {
    EventStream stream = new EventStream(options.build(), START, Schedule.constant(1000));
    MessageDigest hash = MessageDigest.getInstance("SHA-256");
    for (int i = 0; i < 50_000; i++) {
      stream.next();
      hash.update(stream.message().key());
      hash.update(stream.message().value() == null ? NONE : stream.message().value());
      hash.update(stream.kind().name().getBytes(US_ASCII));
      hash.update(Long.toString(stream.eventTime()).getBytes(US_ASCII));
    }
    return HexFormat.of().formatHex(hash.digest());
  }
}
