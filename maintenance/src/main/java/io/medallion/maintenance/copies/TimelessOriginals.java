package io.medallion.maintenance.copies;

import io.medallion.job.dedup.Fingerprint;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.TimeRange;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.roaringbitmap.RoaringBitmap;

/**
 * The rows of silver that events without a time may be copies of: those with the station and the id
 * of one. Whether they are, the bodies tell, which bronze has.
 *
 * <p>Some rows more may be found. Memory: about 6 bytes an event that is looked for, some bits a
 * row that is found.
 */
public final class TimelessOriginals {

  /** 32 bits of the hash of station and id. */
  private final RoaringBitmap wanted = new RoaringBitmap();

  private final Offsets found = new Offsets();
  private long firstTime = Long.MAX_VALUE;
  private long lastTime = Long.MIN_VALUE;

  /** Looks for the original of an event that tells no time; before all rows of silver. */
  public void want(Fingerprint event) {
    wanted.add((int) event.idLow());
  }

  /** Whether there is an event to be looked for. */
  public boolean areWanted() {
    return !wanted.isEmpty();
  }

  /**
   * Takes a row of silver.
   *
   * @param eventTime microseconds since 1970
   */
  public void silver(Partition partition, long offset, Fingerprint row, long eventTime) {
    if (wanted.contains((int) row.idLow())) {
      found.add(partition, offset);
      firstTime = Math.min(firstTime, eventTime);
      lastTime = Math.max(lastTime, eventTime);
    }
  }

  /** Whether there are bodies to be compared. */
  public boolean areFound() {
    return found.size() > 0;
  }

  /**
   * Whether a file of bronze may have a body that is to be compared: an event that tells no time
   * has its enqueued time for it.
   */
  public boolean mayBeIn(DataFile bronze) {
    return bronze.mayHold("enqueuedTime", new TimeRange(instant(firstTime), instant(lastTime + 1)));
  }

  private static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  public boolean contains(Partition partition, long offset) {
    return found.contains(partition, offset);
  }
}
