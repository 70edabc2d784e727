package io.medallion.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.generator.event.EventFormat;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.rate.RateShape;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorOptionsTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalid")
  void anInvalidOptionIsNamed(String problem, UnaryOperator<GeneratorOptionsBuilder> options) {
    assertThatThrownBy(() -> options.apply(GeneratorOptions.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  static Stream<Arguments> invalid() {
    return Stream.of(
        invalid("events must be at least 1", o -> o.events(0)),
        invalid("duration must be at least 1ms, but is PT0S", o -> o.duration(Duration.ZERO)),
        invalid("stations must be 1 to 1000000, but is 0", o -> o.stations(0)),
        invalid("invalid-ratio must be 0 to 1, but is 1.5", o -> o.invalidRatio(1.5)),
        invalid("late-ratio must be 0 to 1, but is -0.1", o -> o.lateRatio(-0.1)),
        invalid("late-ratio must be 0 to 1, but is NaN", o -> o.lateRatio(Double.NaN)),
        invalid("must not exceed 1 together", o -> o.invalidRatio(0.6).futureRatio(0.6)),
        invalid("event-time-rate must be above 0", o -> o.eventTimeRate(0)),
        invalid("window must be at least 1ms", o -> o.window(Duration.ofNanos(1))),
        invalid("out-of-orderness must not be", o -> o.outOfOrderness(Duration.ofMillis(-1))),
        invalid("rate max needs an end", o -> o.rate(Rate.MAX)),
        invalid("rate max has no shape", o -> o.rate(Rate.MAX).events(1).shape(RateShape.RAMP)),
        invalid("format seed has no time", o -> o.format(EventFormat.SEED).lateRatio(0.1)),
        invalid("format seed has no time", o -> o.format(EventFormat.SEED).futureRatio(0.1)),
        invalid("format seed has no id", o -> o.format(EventFormat.SEED).duplicateRatio(0.1)),
        invalid(
            "the invalid kind INVALID_EVENT_TIME",
            o -> o.format(EventFormat.SEED).invalidKinds(Set.of(InvalidKind.INVALID_EVENT_TIME))));
  }

  private static Arguments invalid(String problem, UnaryOperator<GeneratorOptionsBuilder> options) {
    return Arguments.of(problem, options);
  }

  @Test
  void allInvalidKindsThatTheFormatCanHaveAreTheDefault() {
    assertThat(GeneratorOptions.builder().build().invalidKinds())
        .containsExactlyInAnyOrderElementsOf(
            EnumSet.complementOf(EnumSet.of(InvalidKind.VALUE_NOT_ALLOWED)));
    assertThat(GeneratorOptions.builder().format(EventFormat.SEED).build().invalidKinds())
        .hasSize(InvalidKind.values().length - 2)
        .doesNotContain(InvalidKind.INVALID_EVENT_TIME);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "fast", "NaN", ""})
  void aRateIsANumberAboveZeroOrMax(String rate) {
    assertThatThrownBy(() -> Rate.parse(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rate must be");
    assertThat(Rate.parse("max").isMax()).isTrue();
    assertThat(Rate.parse("0.5").perSecond()).isEqualTo(0.5);
  }
}
