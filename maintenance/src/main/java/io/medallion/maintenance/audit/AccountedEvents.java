package io.medallion.maintenance.audit;

import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Expired;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import io.medallion.maintenance.lake.TimeRange;
import java.util.List;

/**
 * Every event of bronze is in exactly one of silver and quarantine, once, and nothing else is; but
 * copies of an event of silver are in neither (see {@link Copies}), and what a redrive added to
 * silver, and says so, is in both. Of an event that was removed because it was old, one of the
 * tables is no evidence: what is known to have been removed from it counts as there.
 */
final class AccountedEvents {

  static final String NAME = "events-accounted";
  static final List<String> QUARANTINE_COLUMNS =
      List.of("eventHub", "partition", "offset", "enqueuedTime", "index");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int ENQUEUED_TIME = 3;
  private static final int INDEX = 4;

  private final TimeRange range;
  private final Partitions partitions;
  private final EventPlaces places;
  private final Offsets bronze;
  private final Expired removedFromBronze;
  private final Expired removedFromQuarantine;
  private final Offsets silver = new Offsets();
  private final Offsets quarantine = new Offsets();
  private final Offsets redriven = new Offsets();
  private final Findings findings =
      new Findings(
          NAME,
          "every row of bronze is in silver or in quarantine, once, or a copy of a row of silver");
  private long silverRows;
  private long quarantineRows;
  private long redrivenRows;
  private long notJudged;

  /**
   * @param bronze the places of the events that bronze has
   * @param removedFromBronze what it had and was old
   */
  AccountedEvents(
      TimeRange range,
      Partitions partitions,
      EventPlaces places,
      Offsets bronze,
      Expired removedFromBronze,
      Expired removedFromQuarantine) {
    this.removedFromBronze = removedFromBronze;
    this.removedFromQuarantine = removedFromQuarantine;
    this.places = places;
    this.range = range;
    this.partitions = partitions;
    this.bronze = bronze;
  }

  void quarantine(RowCursor row) {
    if (range.contains(row.bigint(ENQUEUED_TIME))) {
      quarantineRows++;
      add(
          partitions.of(row.text(EVENT_HUB), row.integer(PARTITION)),
          places.place(row, OFFSET, INDEX),
          "quarantine",
          quarantine);
    }
  }

  /** To be called for silver's rows after those of quarantine. */
  void silver(Partition partition, long place, long enqueuedTime, boolean isRedriven) {
    if (!range.contains(enqueuedTime)) {
      return;
    }
    silverRows++;
    if (isRedriven) {
      redrivenRows++;
      redriven.add(partition, place);
    }
    add(partition, place, "silver", silver);
    boolean isQuarantined = isQuarantined(partition, place);
    if (isQuarantined != isRedriven
        && (isQuarantined || !mayHaveBeenQuarantined(partition, place))) {
      findings.violation(
          isRedriven
              ? "%s %s was added to silver by a redrive, but is not in quarantine"
              : "%s %s is in both silver and quarantine",
          partition,
          places.text(place));
    }
  }

  /** Whether the event itself is in quarantine. */
  boolean isInQuarantine(Partition partition, long place) {
    return quarantine.contains(partition, place);
  }

  /** How many events bronze has, in the range. */
  long bronzeSize() {
    return bronze.size();
  }

  /** Whether silver says that a redrive added the event. */
  boolean isRedriven(Partition partition, long place) {
    return redriven.contains(partition, place);
  }

  /** Whether bronze has the event, in the range. */
  boolean isAudited(Partition partition, long place) {
    return bronze.contains(partition, place);
  }

  /** An event is also where its record is as a whole, if that was rejected. */
  private boolean isQuarantined(Partition partition, long place) {
    return quarantine.contains(partition, place)
        || quarantine.contains(partition, places.whole(place));
  }

  private boolean mayHaveBeenQuarantined(Partition partition, long place) {
    return removedFromQuarantine.mayHaveHad(partition, places.offset(place));
  }

  private boolean isInBronze(Partition partition, long place) {
    return bronze.contains(partition, place)
        || bronze.contains(partition, places.whole(place))
        || (place == places.whole(place) && bronze.contains(partition, places.first(place)));
  }

  private void add(Partition partition, long place, String table, Offsets own) {
    if (!own.add(partition, place)) {
      findings.violation("%s %s is twice in %s", partition, places.text(place), table);
    } else if (!isInBronze(partition, place)
        && !removedFromBronze.mayHaveHad(partition, places.offset(place))) {
      findings.violation("%s %s is in %s and not in bronze", partition, places.text(place), table);
    }
  }

  /** The places of the silver rows seen so far. */
  Offsets silver() {
    return silver;
  }

  /**
   * The places of bronze that are neither in silver nor in quarantine, of which all are read, nor
   * were perhaps removed from quarantine.
   */
  Offsets missing() {
    Offsets missing = new Offsets();
    bronze.forEachNotIn(
        (partition, place) -> {
          if (isQuarantined(partition, place)) {
            return;
          }
          if (mayHaveBeenQuarantined(partition, place)) {
            notJudged++;
          } else {
            missing.add(partition, place);
          }
        },
        silver,
        quarantine);
    return missing;
  }

  /**
   * @param copies knows of all that is missing whether it is a copy
   */
  CheckResult result(Copies copies) {
    long lost =
        copies.forEachLost(
            (partition, place) ->
                findings.violation(
                    "%s %s is in bronze and in neither silver nor quarantine, and no copy of an earlier event",
                    partition, places.text(place)));
    findings.count("bronze", bronze.size());
    findings.count("silver", silverRows);
    findings.count("quarantine", quarantineRows);
    findings.count("redriven", redrivenRows);
    findings.count("duplicates", copies.size() - copies.removed() - lost);
    findings.count("lost", lost);
    findings.count("not judged", copies.removed() + notJudged);
    return findings.result();
  }
}
