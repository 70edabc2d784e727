package io.medallion.generator.contract;

import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.event.EventIds;
import io.medallion.generator.event.IsoTime;
import io.medallion.generator.noise.Hash;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/** What the events of a run have in common. Not thread-safe. */
final class Run {

  /** Leaves room below 2<sup>52</sup>, up to where every reader of JSON knows whole numbers. */
  private static final int RUN_BITS = 20;

  private static final int INDEX_BITS = 32;

  private final long seed;
  private final long runNumber;
  private final EventIds ids;
  private final IsoTime isoTime;
  private final Optional<ZoneId> zone;

  /**
   * @param zone of times that don't tell theirs; empty if they do
   */
  Run(long seed, long startMillis, Optional<ZoneId> zone) {
    this.seed = seed;
    this.runNumber = Hash.of(seed, startMillis) >>> (Long.SIZE - RUN_BITS);
    this.ids = new EventIds(seed, startMillis);
    this.isoTime = new IsoTime(zone);
    this.zone = zone;
  }

  /** Of times that don't tell theirs; UTC if they do. */
  ZoneId zone() {
    return zone.orElse(ZoneOffset.UTC);
  }

  long seed() {
    return seed;
  }

  void writeId(long index, ByteWriter out) {
    ids.write(index, out);
  }

  /** The event's id as a number: unique within the run, and likely so among some runs. */
  long numericId(long index) {
    return (runNumber << INDEX_BITS) + index;
  }

  void writeIso(long epochMillis, ByteWriter out) {
    isoTime.write(epochMillis, out);
  }
}
