package io.medallion.generator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.event.EventFormat;
import io.medallion.generator.rate.Schedule;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Hashes made with the last release that knew no contracts. */
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
        .isEqualTo("ead470a0e708febb4619e165204b19e267964d3554c9df2ae36ee98b95d0dafc");
  }

  @Test
  void theSixFieldsOfTheSeedDocumentAreByteForByteWhatTheyWere() throws Exception {
    GeneratorOptionsBuilder options =
        GeneratorOptions.builder().format(EventFormat.SEED).invalidRatio(0.2).seed(11);

    assertThat(hash(options))
        .isEqualTo("dcfb1ce2838c0b14fba39228e77e419a61bd724ea7d88b2e0c6e10da6bc54a96");
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
