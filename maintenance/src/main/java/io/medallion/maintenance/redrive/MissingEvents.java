package io.medallion.maintenance.redrive;

import io.medallion.job.event.WeatherRecord;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.TableKind;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of the events that are valid now silver and late lack: those of a place (partition and
 * offset) that is not there yet, and with an id that their station did not send before.
 *
 * <p>Of silver and late only the days of these events are read, and a few columns. Kept in memory
 * are the places, some bits each, and the ids, some 200 bytes each.
 */
final class MissingEvents {

  private static final String DATE = "eventDate";
  private static final List<String> COLUMNS =
      List.of("partition", "offset", "stationId", "eventId");

  private static final int PARTITION = 0;
  private static final int OFFSET = 1;
  private static final int STATION_ID = 2;
  private static final int EVENT_ID = 3;

  private final Offsets valid = new Offsets();
  private final Set<LocalDate> days = new HashSet<>();
  private final Set<String> ids = new HashSet<>();

  private final Offsets inSilver = new Offsets();
  private final Offsets inLate = new Offsets();
  private final Set<String> idsInSilver = new HashSet<>();

  /** Takes note of a valid event; to be called for all of them before anything is asked. */
  void note(WeatherRecord event) {
    valid.add(event.partition, event.offset);
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
                if (valid.contains(row.integer(PARTITION), row.bigint(OFFSET))) {
                  there.add(row.integer(PARTITION), row.bigint(OFFSET));
                }
                if (!row.isNull(EVENT_ID)) {
                  String id = id(row.text(STATION_ID), row.text(EVENT_ID));
                  if (ids.contains(id)) {
                    idsInSilver.add(id);
                  }
                }
              });
    }
  }

  boolean isInSilver(WeatherRecord event) {
    return inSilver.contains(event.partition, event.offset);
  }

  boolean isInLate(WeatherRecord event) {
    return inLate.contains(event.partition, event.offset);
  }

  /** Whether silver has an event of this id, or this was asked before: the first one counts. */
  boolean isRepeated(WeatherRecord event) {
    return event.eventId != null && !idsInSilver.add(id(event));
  }

  private static String id(WeatherRecord event) {
    return id(event.stationId.value, new String(event.eventId, StandardCharsets.UTF_8));
  }

  /** Neither of them holds a control character. */
  private static String id(String station, String eventId) {
    return station + '\0' + eventId;
  }
}
