package io.medallion.maintenance.audit;

import io.medallion.job.dedup.Fingerprint;
import io.medallion.maintenance.copies.RowFingerprint;
import io.medallion.maintenance.copies.TimelessOriginals;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Offsets.Visitor;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.StoredRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells copies that the job took out from events that were lost: a copy has the key, the event id
 * and the event time of a row of silver with an earlier offset of the same partition; one that
 * tells no time, the body. Of the rows that the first release wrote, key and id are enough: it took
 * those for copies, and so does a later release as long as it remembers them.
 *
 * <p>An event of a day that was removed from silver because it was old is neither. Nor is one that
 * tells no time, and came within a day after what silver or bronze had removed: its original may
 * have gone.
 *
 * <p>Bronze has to be read before silver, and {@link #filesOfOriginals} once more after it.
 *
 * <p>Memory: at most 144 bytes for each event that is looked into, and as much again if silver may
 * have rows of the first release; nothing for the others.
 */
final class Copies {

  private static final long DAY = Duration.ofDays(1).toMillis() * 1000;

  private final Offsets missing;
  private final Partitions partitions;
  private final EventPlaces places;
  private final boolean mayBeOfFirstRelease;
  private final Expired removedFromSilver;
  private final long originalsFrom;
  private final Offsets removed = new Offsets();
  private final Map<Partition, Candidates> candidates = new HashMap<>();
  private final TimelessOriginals timelessOriginals = new TimelessOriginals();
  private final RowFingerprint fingerprint;

  /** What may be a copy, by what it may be a copy by. */
  private static final class Candidates {
    private final CopyIndex same = new CopyIndex();
    private final CopyIndex sameId = new CopyIndex();
  }

  /**
   * @param missing the places that the job put nowhere but into bronze
   * @param fingerprint of rows of the lake
   * @param mayBeOfFirstRelease whether silver may have rows of the first release
   */
  Copies(
      Offsets missing,
      Partitions partitions,
      EventPlaces places,
      RowFingerprint fingerprint,
      boolean mayBeOfFirstRelease,
      Expired removedFromSilver,
      Expired removedFromBronze) {
    this.removedFromSilver = removedFromSilver;
    this.originalsFrom = Math.max(removedFromSilver.micros(), removedFromBronze.micros());
    this.fingerprint = fingerprint;
    this.places = places;
    this.missing = missing;
    this.partitions = partitions;
    this.mayBeOfFirstRelease = mayBeOfFirstRelease;
  }

  void bronze(RowCursor row) {
    Partition partition = partition(row);
    long offset = row.bigint(RowFingerprint.OFFSET);
    if (places.several() || missing.contains(partition, offset)) {
      long enqueuedTime = row.bigint(StoredRecord.ENQUEUED_TIME);
      fingerprint.ofBronze(
          row,
          new RowFingerprint.Visitor() {
            @Override
            public void time(int index, long eventTime) {
              if (removedFromSilver.mayHaveHad(eventTime * 1000)) {
                remove(partition, places.place(offset, index));
              }
            }

            @Override
            public void event(int index, Fingerprint event, boolean tellsTime) {
              long place = places.place(offset, index);
              if (!tellsTime && enqueuedTime - DAY < originalsFrom) {
                remove(partition, place);
              }
              candidate(partition, place, event, tellsTime);
            }
          });
    }
  }

  private void remove(Partition partition, long place) {
    if (missing.contains(partition, place)) {
      removed.add(partition, place);
    }
  }

  private void candidate(Partition partition, long place, Fingerprint event, boolean tellsTime) {
    if (!missing.contains(partition, place) || removed.contains(partition, place)) {
      return;
    }
    Candidates of = candidates.computeIfAbsent(partition, p -> new Candidates());
    of.same.addCopy(event.high(), event.low(), place);
    if (mayBeOfFirstRelease) {
      of.sameId.addCopy(event.idHigh(), event.idLow(), place);
    }
    if (!tellsTime) {
      timelessOriginals.want(event);
    }
  }

  private Partition partition(RowCursor row) {
    return partitions.of(row.text(RowFingerprint.EVENT_HUB), row.integer(RowFingerprint.PARTITION));
  }

  void silver(RowCursor row) {
    Partition partition = partition(row);
    Candidates of = candidates.get(partition);
    if (of == null || !fingerprint.ofSilver(row)) {
      return;
    }
    long place = places.place(row, RowFingerprint.OFFSET, RowFingerprint.INDEX);
    Fingerprint event = fingerprint.value();
    of.same.addOriginal(event.high(), event.low(), place);
    boolean isOfFirstRelease = row.isNull(RowFingerprint.EVENT_HUB);
    if (isOfFirstRelease) {
      of.sameId.addOriginal(event.idHigh(), event.idLow(), place);
    } else {
      timelessOriginals.silver(partition, place, event, row.bigint(RowFingerprint.EVENT_TIME));
    }
  }

  /** Those of bronze with bodies that have to be compared with that of a later event. */
  List<DataFile> filesOfOriginals(List<DataFile> bronze) {
    return timelessOriginals.areFound()
        ? bronze.stream().filter(timelessOriginals::mayBeIn).toList()
        : List.of();
  }

  /** Takes a row of bronze again. */
  void original(RowCursor row) {
    Partition partition = partition(row);
    long offset = row.bigint(RowFingerprint.OFFSET);
    if (!places.several() && !timelessOriginals.contains(partition, offset)) {
      return;
    }
    fingerprint.ofBronze(
        row,
        (index, event, tellsTime) -> {
          long place = places.place(offset, index);
          if (timelessOriginals.contains(partition, place)) {
            candidates.get(partition).same.addOriginal(event.high(), event.low(), place);
          }
        });
  }

  /** What the events that are looked into take. */
  long bytes() {
    return candidates.values().stream().mapToLong(of -> of.same.bytes() + of.sameId.bytes()).sum();
  }

  /** Copies, lost events, and those that were removed. */
  long size() {
    return missing.size();
  }

  /** How many may have been removed, or are copies of such. */
  long removed() {
    return removed.size();
  }

  /** Visits what is no copy and was not removed, in order; returns how many there are. */
  long forEachLost(Visitor visitor) {
    Offsets copies = new Offsets();
    candidates.forEach(
        (partition, of) -> {
          of.same.forEachCopy(offset -> copies.add(partition, offset));
          of.sameId.forEachCopy(offset -> copies.add(partition, offset));
        });
    missing.forEachNotIn(visitor, copies, removed);
    return missing.size() - copies.size() - removed.size();
  }
}
