package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.medallion.job.config.AlarmAction;
import io.medallion.job.config.AlarmConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** More than a fifth of at least ten events in a second is too many. */
class RejectAlarmTest {

  private static final long START = 1_800_000_000_000L;

  private final Logger logger = (Logger) LogManager.getLogger(RejectAlarm.class);
  private final LogLines log = new LogLines();
  private final RejectAlarm alarm = alarm(AlarmAction.LOG);
  private long window = START;

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
  }

  @AfterEach
  void stopListening() {
    logger.removeAppender(log);
  }

  @Test
  void isRaisedByAShareAboveTheThresholdOnceItsWindowEnded() {
    send(alarm, 100, 21);
    assertThat(alarm.isRaised()).isFalse();

    send(alarm, 1, 0);
    assertThat(alarm.isRaised()).isTrue();
    assertThat(alarm.share()).isCloseTo(0.21, within(1e-9));
  }

  @Test
  void aShareAtTheThresholdIsNotAbove() {
    send(alarm, 100, 20);
    send(alarm, 1, 0);

    assertThat(alarm.isRaised()).isFalse();
    assertThat(alarm.share()).isEqualTo(0.2);
  }

  @Test
  void fewEventsProveNothing() {
    send(alarm, 9, 9);
    send(alarm, 1, 0);

    assertThat(alarm.isRaised()).isFalse();
    assertThat(log.lines).isEmpty();
  }

  @Test
  void anEpisodeIsOneLineWhenItBeginsAndOneWhenItEnds() {
    for (int i = 0; i < 5; i++) {
      send(alarm, 100, 50);
    }
    for (int i = 0; i < 5; i++) {
      send(alarm, 100, 3);
    }
    assertThat(alarm.isRaised()).isFalse();
    assertThat(log.lines)
        .containsExactly(
            "ERROR Reject alarm: source subtask 3 rejected 50 of 100 events within PT1S, more than"
                + " the share of 0.2 that alarm.reject.share allows. They are in the table"
                + " quarantine with the reason of each; the metric quarantinedEvents counts them by"
                + " reason",
            "INFO Reject alarm over: source subtask 3 rejected 3 of 100 events in the last PT1S");

    send(alarm, 100, 50);
    send(alarm, 100, 50);
    assertThat(log.lines).hasSize(3);
  }

  @Test
  void whereItIsToFailTheJobItSaysWhyAndHowToGoOn() {
    RejectAlarm failing = alarm(AlarmAction.FAIL);
    send(failing, 100, 50);

    assertThatExceptionOfType(TooManyRejectsException.class)
        .isThrownBy(() -> send(failing, 1, 0))
        .withMessageStartingWith("source subtask 3 rejected 50 of 100 events within PT1S")
        .withMessageEndingWith(
            "The job fails because alarm.reject.action = fail: mend the sender or the rules, or set"
                + " it to log, and start the job again");
  }

  @Test
  void aClockThatIsSetBackStartsTheWindowOver() {
    send(alarm, 100, 50);
    window = START - 3_600_000;
    send(alarm, 100, 0);
    send(alarm, 1, 0);

    assertThat(alarm.isRaised()).isFalse();
    assertThat(alarm.share()).isZero();
  }

  private static RejectAlarm alarm(AlarmAction action) {
    return new RejectAlarm(
        new AlarmConfig(0.2, Duration.ofSeconds(1), 10, action), "source subtask 3");
  }

  /** Events of one window, spread over it; the next call is about the next window. */
  private void send(RejectAlarm to, int events, int rejects) {
    for (int i = 0; i < events; i++) {
      to.count(i < rejects, window + i * 999L / events);
    }
    window += 1000;
  }

  private static final class LogLines extends AbstractAppender {

    private final List<String> lines = new ArrayList<>();

    LogLines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      lines.add(event.getLevel() + " " + event.getMessage().getFormattedMessage());
    }
  }
}
