package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.testing.WeatherEvents;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulesTest {

  private static final Rules STANDARD = Rules.standard();

  private static final int VERSION = 3;
  private static final QualityFlags FLAGS = new QualityFlags(STANDARD.contract());

  private final EventRecord event = WeatherEvents.event("a", 5);

  @Test
  void aWarningLetsTheEventPassWithAFlagForEachRuleInTheirOrder() {
    Rules rules = warn(warn(STANDARD, "windSpeed", "0..50"), "temperature", "0..9");
    event.numbers[WeatherEvents.WIND_SPEED] = 50.1;
    event.numbers[WeatherEvents.TEMPERATURE] = 9.1;

    rules.rangeCheck().check(event);

    assertThat(event.isValid()).isTrue();
    assertThat(new String(FLAGS.utf8(event), UTF_8))
        .isEqualTo("OUT_OF_RANGE:temperature,OUT_OF_RANGE:windSpeed");
  }

  @Test
  void anEventThatBreaksNoRuleHasNoFlags() {
    STANDARD.rangeCheck().check(event);

    assertThat(event.isValid()).isTrue();
    assertThat(FLAGS.utf8(event)).isNull();
  }

  @Test
  void aRuleThatRejectsDoesSoWhateverOthersWarnOf() {
    Rules rules = warn(STANDARD, "temperature", "0..9");
    event.numbers[WeatherEvents.HUMIDITY] = 101;

    rules.rangeCheck().check(event);

    assertThat(event.reason).isEqualTo(RejectReason.OUT_OF_RANGE);
    assertThat(event.detail).isEqualTo("humidity 101.0 is outside 0..100 %");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-273.16, 200.1, 1e300, Double.POSITIVE_INFINITY, -Double.MAX_VALUE})
  void beyondTheOuterLimitsAWarningRejects(double temperature) {
    event.numbers[WeatherEvents.TEMPERATURE] = temperature;

    warn(STANDARD, "temperature", "0..9").rangeCheck().check(event);

    assertThat(event.reason).isEqualTo(RejectReason.OUT_OF_RANGE);
    assertThat(event.detail)
        .isEqualTo("temperature " + temperature + " is outside -273.15..200 °C");
  }

  @Test
  void limitsCannotBeBeyondTheOuterOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> warn(STANDARD, "humidity", "0..201"))
        .withMessage("0..201 is not within 0..200");
  }

  @Test
  void theVersionTellsDefaultRulesFromOthersAndTheSameOnesAreCalledTheSame() {
    assertThat(STANDARD.version()).isEqualTo(VERSION);
    assertThat(STANDARD.with("humidity", new Range(0, 100), Severity.REJECT).version())
        .isEqualTo(VERSION);

    Set<Integer> versions = new HashSet<>();
    for (int limit = 1; limit <= 60; limit++) {
      Rules warning = warn(STANDARD, "temperature", "0.." + limit);
      versions.add(warning.version());
      versions.add(
          STANDARD
              .with(
                  new EventTimeRule(
                      Duration.ofSeconds(limit), Duration.ofDays(90), Severity.REJECT))
              .version());
      assertThat(warning.version() / 1_000_000).isEqualTo(VERSION);
      assertThat(warning.version()).isNotEqualTo(VERSION * 1_000_000);
    }
    assertThat(versions).hasSize(120);
    // What stands in tables must mean the same for ever.
    assertThat(warn(STANDARD, "temperature", "-80.0..60").version())
        .isEqualTo(warn(STANDARD, "temperature", "-80..60.00").version())
        .isEqualTo(3_821_941);
  }

  @Test
  void theLogSaysWhatIsOverridden() {
    Rules rules = warn(STANDARD, "temperature", "-80..60");

    assertThat(STANDARD).hasToString("Rules[contract=weather, version=3]");
    assertThat(rules)
        .hasToString(
            "Rules[contract=weather, version=%d, overrides=temperature: WARN outside -80..60 °C]"
                .formatted(rules.version()));
  }

  @ParameterizedTest
  @CsvSource({"-90..70", "0..0.5", "-273.15..-1"})
  void rangesAreWrittenAsTheyAreRead(String text) {
    assertThat(Range.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "5", "5..", "..5", "5..4", "5..5", "1...2", "0..NaN", "0..1e3", "0 .. 1", "a..b"
      })
  void whatIsNoRangeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Range.parse(text));
  }

  private static Rules warn(Rules rules, String field, String range) {
    return rules.with(field, Range.parse(range), Severity.WARN);
  }

  /** So that quarantine calls the rules the same, whether settings gave a range or the lake did. */
  @Test
  void aRangeThatTheLakesContractHasCountsAsASetting() {
    Rules bySetting = Rules.standard().with("humidity", new Range(0, 60), Severity.REJECT);
    Rules byLake =
        Rules.of(ContractReader.standard().with("humidity", new Range(0, 60), Severity.REJECT));

    assertThat(byLake.version()).isEqualTo(bySetting.version());
  }
}
