package io.medallion.maintenance.audit;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.Offsets;
import io.medallion.maintenance.lake.Partition;
import io.medallion.maintenance.lake.Partitions;
import io.medallion.maintenance.lake.RowCursor;
import java.util.List;
import java.util.Set;

/**
 * By which rules events were quarantined: a verdict can be repeated where the rules are those that
 * the lake has now, but for one on an event's age, whose tolerance is in the job's settings, and
 * for one on its form that an older release may have given.
 */
final class QuarantineVerdicts {

  static final List<String> COLUMNS =
      List.of("eventHub", "partition", "offset", "index", "reason", "ruleVersion");

  private static final int EVENT_HUB = 0;
  private static final int PARTITION = 1;
  private static final int OFFSET = 2;
  private static final int INDEX = 3;
  private static final int REASON = 4;
  private static final int RULE_VERSION = 5;

  private static final Set<String> OF_FORM =
      Set.of(RejectReason.INVALID_JSON.name(), RejectReason.WRONG_TYPE.name());
  private static final Set<String> OF_AGE =
      Set.of(RejectReason.FUTURE_EVENT_TIME.name(), RejectReason.PAST_EVENT_TIME.name());

  private final Partitions partitions;
  private final EventPlaces places;
  private final int version;
  private final Offsets repeatable = new Offsets();
  private final Offsets ofForm = new Offsets();
  private final Offsets ofAge = new Offsets();
  private long byOtherRules;

  /**
   * @param version of the rules that the lake has now
   */
  QuarantineVerdicts(Partitions partitions, EventPlaces places, int version) {
    this.partitions = partitions;
    this.places = places;
    this.version = version;
  }

  void row(RowCursor row) {
    if (row.integer(RULE_VERSION) != version) {
      byOtherRules++;
      return;
    }
    Partition partition = partitions.of(row.text(EVENT_HUB), row.integer(PARTITION));
    String reason = row.text(REASON);
    Offsets verdicts =
        OF_AGE.contains(reason) ? ofAge : OF_FORM.contains(reason) ? ofForm : repeatable;
    verdicts.add(partition, places.place(row, OFFSET, INDEX));
  }

  /**
   * @param event that is there
   */
  boolean isRepeatable(Partition partition, long place, EventRecord event) {
    return repeatable.contains(partition, place)
        || (ofForm.contains(partition, place) && !StricterRelease.mayHaveRejected(event));
  }

  boolean isOfAge(Partition partition, long place) {
    return ofAge.contains(partition, place);
  }

  /** How many were judged by rules that the lake no longer has. */
  long byOtherRules() {
    return byOtherRules;
  }
}
