package io.medallion.maintenance.redrive;

import io.medallion.contract.Contract;
import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.maintenance.copies.RowFingerprint;
import io.medallion.maintenance.copies.TimelessOriginals;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TableDefinition;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which of the events that are valid now silver and late lack: those of a place (Event Hub,
 * partition and offset) that is not there yet, and that are no copies of another one (see {@code
 * Deduplicator}).
 *
 * <p>Of silver and late only the days of these events are read, and a few columns. If some of them
 * tell no time, a copy may have come on any day: of silver all days are read, and of bronze the
 * bodies of the time at which silver has their ids. Kept in memory are the places, some bits each,
 * and the fingerprints of events, some 60 bytes each.
 */
final class MissingEvents {

  private static final String DATE = "eventDate";

  /** What a row of late is read for; as in {@link RowFingerprint}. */
  private static final List<String> PLACE =
      List.of("partition", "offset", "eventHub", "windowStart", "windowEnd", "index");

  private static final int WINDOW_START = 3;
  private static final int WINDOW_END = 4;
  private static final int INDEX = 5;

  private record Id(long high, long low) {

    static Id of(Fingerprint fingerprint) {
      return new Id(fingerprint.high(), fingerprint.low());
    }
  }

  private final Partitions partitions = new Partitions();
  private final Fingerprint fingerprint = new Fingerprint();
  private final RowFingerprint ofRow;
  private final EventPlaces places;
  private final Offsets valid = new Offsets();
  private final Set<LocalDate> days = new HashSet<>();
  private final Set<Id> ids = new HashSet<>();
  private final TimelessOriginals timelessOriginals = new TimelessOriginals();

  private final Offsets inSilver = new Offsets();

  /** By the size of the windows that were missed, milliseconds. */
  private final Map<Long, Offsets> inLate = new HashMap<>();

  private final Set<Id> idsInSilver = new HashSet<>();

  private Expired removedFromBronze = Expired.NOTHING;
  private Expired removedFromSilver = Expired.NOTHING;
  private Expired removedFromLate = Expired.NOTHING;

  /** Key and id of rows of silver that may be originals, and whose bodies bronze has no more. */
  private final Set<Id> withoutBody = new HashSet<>();

  /**
   * @param contract of the lake
   */
  MissingEvents(Contract contract) {
    this.ofRow = new RowFingerprint(contract);
    this.places = EventPlaces.of(contract);
  }

  /** Takes note of a valid event; to be called for all of them before anything is asked. */
  void note(EventRecord event) {
    valid.add(partitions.ofBronze(event.eventHub.value, event.partition), places.place(event));
    days.add(LocalDate.ofEpochDay(Math.floorDiv(event.eventTime, 86_400_000L)));
    if (event.eventId != null) {
      ids.add(id(event));
      if (!event.tellsTime) {
        timelessOriginals.want(fingerprint);
      }
    }
  }

  /** Looks for the events that were noted. */
  void readTables(LakeVersion lake) {
    removed(
        lake.expired(lake.definitions().bronze()),
        lake.expired(lake.definitions().silver()),
        lake.expired(lake.definitions().late()));
    read(
        lake,
        lake.definitions().silver(),
        file -> timelessOriginals.areWanted() || isOfDay(file),
        ofRow.silverColumns(),
        this::silver);
    read(lake, lake.definitions().late(), this::isOfDay, PLACE, this::late);
    if (timelessOriginals.areFound()) {
      read(
          lake,
          lake.definitions().bronze(),
          timelessOriginals::mayBeIn,
          ofRow.bronzeColumns(),
          this::original);
    }
  }

  /** Takes note of what tables had removed because it was old; before their rows. */
  void removed(Expired fromBronze, Expired fromSilver, Expired fromLate) {
    removedFromBronze = fromBronze;
    removedFromSilver = fromSilver;
    removedFromLate = fromLate;
  }

  private static void read(
      LakeVersion lake,
      TableDefinition table,
      Predicate<DataFile> selected,
      List<String> columns,
      Consumer<RowCursor> reader) {
    List<DataFile> files = lake.files(table).stream().filter(selected).toList();
    if (!files.isEmpty()) {
      lake.tables().get(table).read(files, columns, reader);
    }
  }

  private boolean isOfDay(DataFile file) {
    return days.contains(LocalDate.parse(file.partition().get(DATE)));
  }

  void silver(RowCursor row) {
    Partition partition = partition(row);
    long place = places.place(row, RowFingerprint.OFFSET, RowFingerprint.INDEX);
    addIfValid(inSilver, partition, place);
    if (ofRow.ofSilver(row)) {
      addIfWanted(ofRow.value());
      timelessOriginals.silver(
          partition, place, ofRow.value(), row.bigint(RowFingerprint.EVENT_TIME));
      if (timelessOriginals.contains(partition, place)
          && removedFromBronze.mayHaveHad(partition, row.bigint(RowFingerprint.OFFSET))) {
        withoutBody.add(new Id(ofRow.value().idHigh(), ofRow.value().idLow()));
      }
    }
  }

  private void late(RowCursor row) {
    long size = (row.bigint(WINDOW_END) - row.bigint(WINDOW_START)) / 1000;
    addIfValid(
        inLate.computeIfAbsent(size, s -> new Offsets()),
        partition(row),
        places.place(row, RowFingerprint.OFFSET, INDEX));
  }

  /** Takes a row of bronze: the body of an event that silver has. */
  void original(RowCursor row) {
    Partition partition = partition(row);
    long offset = row.bigint(RowFingerprint.OFFSET);
    if (!places.several() && !timelessOriginals.contains(partition, offset)) {
      return;
    }
    ofRow.ofBronze(
        row,
        (index, event, tellsTime) -> {
          if (timelessOriginals.contains(partition, places.place(offset, index))) {
            addIfWanted(event);
          }
        });
  }

  private Partition partition(RowCursor row) {
    return partitions.of(row.text(RowFingerprint.EVENT_HUB), row.integer(RowFingerprint.PARTITION));
  }

  private void addIfValid(Offsets there, Partition partition, long place) {
    if (valid.contains(partition, place)) {
      there.add(partition, place);
    }
  }

  private void addIfWanted(Fingerprint inTable) {
    Id id = Id.of(inTable);
    if (ids.contains(id)) {
      idsInSilver.add(id);
    }
  }

  boolean isInSilver(EventRecord event) {
    return inSilver.contains(partition(event), places.place(event));
  }

  /**
   * Whether silver has had its day removed, so that nobody knows whether it had the event or
   * another copy of it; or bronze the body that would tell.
   */
  boolean isExpired(EventRecord event) {
    if (removedFromSilver.mayHaveHad(event.eventTime * 1000)) {
      return true;
    }
    if (event.eventId == null || event.tellsTime || withoutBody.isEmpty()) {
      return false;
    }
    id(event);
    return withoutBody.contains(new Id(fingerprint.idHigh(), fingerprint.idLow()));
  }

  /** Whether late has the event, with a window of that size, or has had its day removed. */
  boolean isInLate(EventRecord event, TumblingWindows windows) {
    if (removedFromLate.mayHaveHad(event.eventTime * 1000)) {
      return true;
    }
    Offsets ofSize = inLate.get(windows.size());
    return ofSize != null && ofSize.contains(partition(event), places.place(event));
  }

  /** Whether silver has this event, or this was asked before: the first one counts. */
  boolean isRepeated(EventRecord event) {
    return event.eventId != null && !idsInSilver.add(id(event));
  }

  private Partition partition(EventRecord event) {
    return partitions.of(event.eventHub.value, event.partition);
  }

  private Id id(EventRecord event) {
    if (event.tellsTime) {
      fingerprint.set(event.group.utf8, event.eventId, event.eventTime);
    } else {
      fingerprint.set(event.group.utf8, event.eventId, event.event);
    }
    return Id.of(fingerprint);
  }
}
