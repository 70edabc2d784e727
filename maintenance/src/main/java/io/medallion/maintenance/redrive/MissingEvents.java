package io.medallion.maintenance.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.dedup.Fingerprint;
import io.medallion.job.event.WeatherRecord;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.TableKind;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the events that are valid now silver and late lack: those of a place (Event Hub,
 * partition and offset) that is not there yet, and that are no copies of another one (see {@code
 * Deduplicator}).
 *
 * <p>Of silver and late only the days of these events are read, and a few columns. Kept in memory
 * are the places, some bits each, and the fingerprints of events, some 60 bytes each.
 */
final class MissingEvents {

  private static final String DATE = "eventDate";
  private static final List<String> COLUMNS =
      List.of("partition", "offset", "stationId", "eventId", "eventTime", "eventHub");

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int STATION_ID = 2;
  private static final int EVENT_ID = 3;
  private static final int EVENT_TIME = 4;
  private static final int EVENT_HUB = 5;

  private record Id(long high, long low) {

    static Id of(Fingerprint fingerprint) {
      return new Id(fingerprint.high(), fingerprint.low());
    }
  }

  private final Partitions partitions = new Partitions();
  private final Fingerprint fingerprint = new Fingerprint();
  private final Offsets valid = new Offsets();
  private final Set<LocalDate> days = new HashSet<>();
  private final Set<Id> ids = new HashSet<>();

  private final Offsets inSilver = new Offsets();
  private final Offsets inLate = new Offsets();
  private final Set<Id> idsInSilver = new HashSet<>();

  /** Takes note of a valid event; to be called for all of them before anything is asked. */
  void note(WeatherRecord event) {
    valid.add(partitions.ofBronze(event.eventHub.value, event.partition), event.offset);
    days.add(LocalDate.ofEpochDay(Math.floorDiv(event.eventTime, 86_400_000L)));
    if (event.eventId != null) {
      ids.add(id(event));
    }
  }

  /** Looks for the events that were noted. */
  void readTables(LakeVersion lake) {
    for (TableKind kind : List.of(TableKind.SILVER, TableKind.LATE)) {
      Offsets there = kind == TableKind.SILVER ? inSilver : inLate;
      List<DataFile> files =
          lake.files(kind).stream()
              .filter(file -> days.contains(LocalDate.parse(file.partition().get(DATE))))
              .toList();
      if (files.isEmpty()) {
        continue;
      }
      lake.tables()
          .get(kind)
          .read(
              files,
              COLUMNS,
              row -> {
                Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
                if (valid.contains(partition, row.bigint(OFFSET))) {
                  there.add(partition, row.bigint(OFFSET));
                }
                if (!row.isNull(EVENT_ID)) {
                  fingerprint.set(
                      row.text(STATION_ID).getBytes(UTF_8),
                      row.text(EVENT_ID).getBytes(UTF_8),
                      Math.floorDiv(row.bigint(EVENT_TIME), 1000L));
                  Id id = Id.of(fingerprint);
                  if (ids.contains(id)) {
                    idsInSilver.add(id);
                  }
                }
              });
    }
  }

  boolean isInSilver(WeatherRecord event) {
    return inSilver.contains(partition(event), event.offset);
  }

  boolean isInLate(WeatherRecord event) {
    return inLate.contains(partition(event), event.offset);
  }

  /** Whether silver has this event, or this was asked before: the first one counts. */
  boolean isRepeated(WeatherRecord event) {
    return event.eventId != null && !idsInSilver.add(id(event));
  }

  private Partition partition(WeatherRecord event) {
    return partitions.of(event.eventHub.value, event.partition);
  }

  private Id id(WeatherRecord event) {
    if (event.tellsTime) {
      fingerprint.set(event.stationId.utf8, event.eventId, event.eventTime);
    } else {
      fingerprint.set(event.stationId.utf8, event.eventId, event.body);
    }
    return Id.of(fingerprint);
  }
}
