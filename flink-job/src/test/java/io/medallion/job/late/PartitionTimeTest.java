package io.medallion.job.late;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.late.PartitionTime.Limits;
import io.medallion.job.testing.WeatherEvents;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A late arrival of 1000, an idle timeout of 100. */
class PartitionTimeTest {

  private final PartitionTime time = new PartitionTime(new Limits(1000, 100));

  @Test
  void isTheGreatestEventTime() {
    time.valid(5000, 5010);
    time.valid(4000, 5020);

    assertThat(time.time()).isEqualTo(5000);
  }

  @Test
  void isUnknownBeforeTheFirstRecord() {
    assertThat(time.time()).isEqualTo(PartitionTime.UNKNOWN);
  }

  @Test
  void aClockThatIsAheadMovesItNoFurtherThanToItsArrival() {
    time.valid(9000, 5000);

    assertThat(time.time()).isEqualTo(5000);
  }

  @Test
  void aClockThatIsBehindHoldsItForTheLateArrivalAndNoLonger() {
    time.valid(1, 5000);
    assertThat(time.time()).isEqualTo(4000);

    time.valid(2, 6000);

    assertThat(time.time()).isEqualTo(5000);
  }

  @Test
  void withoutALateArrivalEventsMayBeAsOldAsTheyLike() {
    PartitionTime backfill = new PartitionTime(new Limits(Long.MAX_VALUE, 100));

    backfill.valid(7, 1_000_000);

    assertThat(backfill.time()).isEqualTo(7);
  }

  @Test
  void rejectedRecordsCountAsArrivalsAtOnceAndAsSilenceAfterTheIdleTimeout() {
    time.valid(4900, 5000);
    time.rejected(5100);
    assertThat(time.time()).isEqualTo(4900);

    time.rejected(5101);

    assertThat(time.time()).isEqualTo(5001);
    time.valid(4000, 5102);
    time.rejected(5150);
    assertThat(time.time()).as("the silence is over").isEqualTo(5001);
  }

  @Test
  void aPartitionOfNothingButRejectedRecordsMovesOn() {
    time.rejected(5000);
    assertThat(time.time()).isEqualTo(4000);

    time.rejected(9000);

    assertThat(time.time()).isEqualTo(8900);
  }

  /** Else one wrong timestamp would make late what waits to be read behind it. */
  @Test
  void timestampsOfSendersAreNoArrivals() {
    take(4000, 5000, true);
    take(0, 90_000, false);
    assertThat(time.time()).isEqualTo(4000);

    take(1, 90_000, true);
    take(100_000, 6000, true);

    assertThat(time.time()).as("an event time counts up to its timestamp").isEqualTo(6000);
  }

  private void take(long eventTime, long arrival, boolean valid) {
    EventRecord record = WeatherEvents.event("a", eventTime);
    record.timeIsSenders = true;
    record.arrivalTime = arrival;
    if (!valid) {
      record.reject(RejectReason.INVALID_JSON, "");
    }
    time.take(record);
  }

  /** What was read before a restart makes no difference but in the time itself. */
  @Test
  void goesOnWhereItWas() {
    Random random = new Random(7);
    PartitionTime resumed = new PartitionTime(new Limits(1000, 100));
    long before = PartitionTime.UNKNOWN;
    long arrival = 10_000;
    for (int i = 0; i < 10_000; i++) {
      arrival += random.nextInt(60);
      if (random.nextInt(50) == 0) {
        before = Math.max(before, resumed.time());
        resumed =
            new PartitionTime(
                new Limits(1000, 100), resumed.lastArrival(), resumed.lastValidArrival());
      }
      if (random.nextInt(6) == 0) {
        long eventTime = arrival + random.nextInt(3000) - 2500;
        time.valid(eventTime, arrival);
        resumed.valid(eventTime, arrival);
      } else {
        time.rejected(arrival);
        resumed.rejected(arrival);
      }
      assertThat(Math.max(before, resumed.time())).isEqualTo(time.time());
    }
  }
}
