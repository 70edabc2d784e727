package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import io.medallion.job.testing.HostileBodies;
import io.medallion.job.testing.HostileBodies.HostileBody;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class HostileBodiesTest {

  private static final long ARRIVAL = Instant.parse("2026-06-01T00:00:00Z").toEpochMilli();

  private final RecordDecoder decoder = RecordDecoder.of(Rules.standard());
  private final EventRecord record = new EventRecord();

  @Test
  void everyHostileBodyGetsItsReasonAndTheNextEventIsReadAsEver() {
    List<HostileBody> bodies = HostileBodies.all();

    assertThat(bodies).hasSizeGreaterThan(900);
    for (HostileBody hostile : bodies) {
      decode(hostile.body());
      assertThat(record.reason).as(() -> shown(hostile)).isEqualTo(hostile.reason());
      assertThat(record.detail).as(hostile.name()).hasSizeBetween(1, 200).matches("[ -~°]*");
    }
    decode(HostileBodies.EVENT.getBytes(UTF_8));
    assertThat(record.reason).isNull();
    assertThat(record.group.value).isEqualTo("Köln 🌦");
  }

  @Test
  void aBodyBeyondTheLimitIsTooLargeWhateverIsInIt() {
    decode(Arrays.copyOf(HostileBodies.EVENT.getBytes(UTF_8), EventLimits.BODY_BYTES + 1));

    assertThat(record.reason).isEqualTo(RejectReason.BODY_TOO_LARGE);
  }

  @Test
  void thereIsAHostileBodyForEveryReasonThatABrokerLetsThrough() {
    Set<RejectReason> reasons =
        HostileBodies.all().stream().map(HostileBody::reason).collect(Collectors.toSet());

    // The weather lists no texts for a field, and has no rules beside its ranges.
    assertThat(reasons)
        .isEqualTo(
            EnumSet.complementOf(
                EnumSet.of(
                    RejectReason.BODY_TOO_LARGE,
                    RejectReason.VALUE_NOT_ALLOWED,
                    RejectReason.BROKEN_RULE)));
  }

  private void decode(byte[] body) {
    record.body = body;
    record.enqueuedTime = ARRIVAL;
    decoder.decode(record, ARRIVAL, event -> {});
  }

  private static String shown(HostileBody hostile) {
    return hostile.name()
        + ": "
        + (hostile.body() == null
            ? "null"
            : SafeText.quote(new String(hostile.body(), ISO_8859_1)));
  }
}
