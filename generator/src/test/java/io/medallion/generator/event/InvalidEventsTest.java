package io.medallion.generator.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.generator.noise.Hash;
import io.medallion.generator.weather.Reading;
import io.medallion.generator.weather.WeatherModel;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InvalidEventsTest {

  private static final long TIME = 1_800_000_000_000L;
  private static final int DRAWS = 500;

  @ParameterizedTest
  @EnumSource(
      value = InvalidKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "VALUE_NOT_ALLOWED")
  void eachKindIsBrokenInTheWayItIsNamedAndInNoOther(InvalidKind kind) {
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] valid = valid(EventFormat.EXTENDED, draw);

      byte[] broken = InvalidEvents.make(kind, valid, EventFormat.EXTENDED, Hash.of(9, draw));

      assertThat(EventJudge.judge(valid)).isEmpty();
      assertThat(EventJudge.judge(broken)).as(() -> text(broken)).contains(kind);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = InvalidKind.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"INVALID_EVENT_TIME", "VALUE_NOT_ALLOWED"})
  void theSameHoldsForTheSixFieldsOfTheSeedDocument(InvalidKind kind) {
    assertThat(InvalidKind.in(EventFormat.SEED)).contains(kind);
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] valid = valid(EventFormat.SEED, draw);

      byte[] broken = InvalidEvents.make(kind, valid, EventFormat.SEED, Hash.of(9, draw));

      assertThat(EventJudge.judge(valid)).isEmpty();
      assertThat(EventJudge.judge(broken)).as(() -> text(broken)).contains(kind);
    }
  }

  @Test
  void everyOneOfTheSixFieldsIsMissingAtTimes() {
    Set<String> missing = new HashSet<>();
    for (int draw = 0; draw < DRAWS; draw++) {
      byte[] valid = valid(EventFormat.SEED, 1);
      String json =
          text(
              InvalidEvents.make(
                  InvalidKind.MISSING_FIELD, valid, EventFormat.SEED, Hash.of(9, draw)));
      for (String field :
          Set.of(
              "temperature",
              "humidity",
              "windSpeed",
              "windDirection",
              "precipitation",
              "conditions")) {
        if (!json.contains("\"" + field + "\"")) {
          missing.add(field);
        }
      }
    }

    assertThat(missing).hasSize(6);
  }

  private static byte[] valid(EventFormat format, int draw) {
    Reading reading = new Reading();
    new WeatherModel(2, 5).read(1, TIME + draw * 3_600_000L, draw, reading);
    return new EventEncoder(format, new Stations(2), 1, TIME).encode(1, TIME, draw, reading);
  }

  private static String text(byte[] body) {
    return body == null ? "null" : new String(body, US_ASCII);
  }
}
