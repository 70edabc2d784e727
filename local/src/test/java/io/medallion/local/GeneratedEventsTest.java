package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.event.EventEncoder;
import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.InvalidEvents;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.event.Stations;
import io.medallion.generator.noise.Hash;
import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WeatherModel;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.util.Arrays;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** That the generator's events are to the job what the generator says they are. */
class GeneratedEventsTest {

  private static final long TIME = 1_800_000_000_000L;

  private final EventDecoder decoder = EventDecoder.standard();
  private final EventRecord record = new EventRecord();

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "VALUE_NOT_ALLOWED")
  void theJobRejectsAnInvalidEventForTheReasonThatItsKindIsNamedAfter(InvalidKind kind) {
    for (int draw = 0; draw < 500; draw++) {
      byte[] valid = valid(draw);
      decoder.decode(valid, record);
      assertThat(record.reason).isNull();

      decoder.decode(
          InvalidEvents.make(kind, valid, EventFormat.EXTENDED, Hash.of(3, draw)), record);
      assertThat(record.reason).hasToString(kind.name());
    }
  }

  @Test
  void thereIsAnInvalidKindForEveryReasonThatABodyCanCauseAndABrokerLetsThrough() {
    EnumSet<RejectReason> others =
        EnumSet.of(
            // A broker takes none of these; the future is a kind of its own, the past needs an
            // arrival.
            RejectReason.BODY_TOO_LARGE,
            RejectReason.FUTURE_EVENT_TIME,
            RejectReason.PAST_EVENT_TIME,
            // The weather has no rules beside its limits.
            RejectReason.BROKEN_RULE);

    assertThat(InvalidKind.values())
        .extracting(InvalidKind::name)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RejectReason.values())
                .filter(reason -> !others.contains(reason))
                .map(RejectReason::name)
                .toList());
  }

  private static byte[] valid(int draw) {
    Reading reading = new Reading();
    new WeatherModel(2, 5).read(1, TIME + draw * 3_600_000L, draw, reading);
    return new EventEncoder(EventFormat.EXTENDED, new Stations(2), 1, TIME)
        .encode(1, TIME, draw, reading);
  }
}
