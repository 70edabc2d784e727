package io.medallion.job.hub;

import io.medallion.eventhubs.EventHubLookup;
import io.medallion.eventhubs.EventHubLookup.Identity;
import io.medallion.eventhubs.EventHubLookup.Mark;
import io.medallion.eventhubs.EventHubLookup.Range;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds what the state knows of an Event Hub against what the broker tells of it now.
 *
 * <p>A hub that was deleted and created anew, or is another namespace's, has the same name and the
 * same offsets, and other records. What tells is, in this order:
 *
 * <ol>
 *   <li>The topic id, where the broker tells it. Another one is another hub.
 *   <li>The marks of the state: records that were read. One that has another timestamp, or is
 *       beyond the end of its partition, is another hub's. One that has expired or was compacted
 *       away proves nothing.
 *   <li>The cluster id. Another one is another hub, unless the same topic id, or a mark that was
 *       found again, shows that it is the same one.
 * </ol>
 */
final class HubCheck {

  private static final Logger LOG = LoggerFactory.getLogger(HubCheck.class);

  private final EventHubLookup lookup;

  HubCheck(EventHubLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Requires that the hub is that of the state, whose marks it must still have, too: a hub may have
   * lost records. Notes the ids in the state.
   *
   * @param selected the partitions whose marks are compared
   * @throws HubConflictException if it is not
   */
  void beforeReading(HubState known, IntPredicate selected) {
    Identity now = lookup.identity();
    requireSameRecords(known, now, sameTopicId(known, now), selected);
    known.note(now);
  }

  /**
   * Requires that the hub is still that of the state, by its topic id where the broker tells it,
   * else by the marks. Notes the ids in the state.
   *
   * @param selected the partitions whose marks are compared
   * @throws HubConflictException if it is not
   */
  void whileReading(HubState known, IntPredicate selected) {
    Identity now = lookup.identity();
    if (!sameTopicId(known, now)) {
      requireSameRecords(known, now, false, selected);
    }
    known.note(now);
  }

  /** Whether the topic id shows that the hub is the same; false if it is not known. */
  private static boolean sameTopicId(HubState known, Identity now) {
    if (differ(known.topicId, now.topicId())) {
      throw conflict(
          known, "its topic id is %s, and not %s".formatted(now.topicId(), known.topicId));
    }
    return known.topicId != null && now.topicId() != null;
  }

  private void requireSameRecords(
      HubState known, Identity now, boolean sameTopicId, IntPredicate selected) {
    boolean otherCluster = !sameTopicId && differ(known.clusterId, now.clusterId());
    // Any mark of any partition may show that another cluster has the same records.
    int found = findAgain(known, otherCluster ? partition -> true : selected);
    if (otherCluster && found == 0) {
      throw conflict(
          known,
          "its cluster id is %s, and not %s, and no record is left that shows that it is the same"
              .formatted(now.clusterId(), known.clusterId));
    }
  }

  private static boolean differ(String known, String now) {
    return known != null && now != null && !known.equals(now);
  }

  /** How many marks were found again. */
  private int findAgain(HubState known, IntPredicate selected) {
    List<Integer> partitions =
        IntStream.range(0, known.partitions())
            .filter(known::isMarked)
            .filter(selected)
            .boxed()
            .toList();
    if (partitions.isEmpty()) {
      return 0;
    }
    Map<Integer, Range> ranges = lookup.ranges(partitions);
    partitions.forEach(partition -> requireThere(known, partition, ranges.get(partition)));
    Map<Integer, Long> offsets =
        partitions.stream()
            .filter(partition -> known.offsets[partition] >= ranges.get(partition).begin())
            .collect(
                Collectors.toMap(partition -> partition, partition -> known.offsets[partition]));
    Map<Integer, Mark> records = lookup.records(offsets);
    return (int)
        offsets.keySet().stream()
            .filter(partition -> isSame(known, partition, records.get(partition)))
            .count();
  }

  private static void requireThere(HubState known, int partition, Range range) {
    long mark = known.offsets[partition];
    if (range == null) {
      throw conflict(
          known, "it has no partition %d, of which offset %d was read".formatted(partition, mark));
    }
    if (mark >= range.end()) {
      throw conflict(
          known,
          "partition %d ends before offset %d, but offset %d was read"
              .formatted(partition, range.end(), mark));
    }
  }

  /**
   * Whether the record is the one of the mark.
   *
   * @param record the first one from there on; null if there is none
   */
  private static boolean isSame(HubState known, int partition, Mark record) {
    long offset = known.offsets[partition];
    if (record == null || record.offset() != offset) {
      LOG.info(
          "Partition {} of '{}' has no record at offset {} any more, which was read: if the Event Hub"
              + " is compacted, it is gone; whether the hub is still the same is not known from it",
          partition,
          known.topic,
          offset);
      return false;
    }
    if (record.timestamp() != known.timestamps[partition]) {
      throw conflict(
          known,
          "partition %d, offset %d is a record of %s, but one of %s was read there"
              .formatted(
                  partition,
                  offset,
                  Instant.ofEpochMilli(record.timestamp()),
                  Instant.ofEpochMilli(known.timestamps[partition])));
    }
    return true;
  }

  private static HubConflictException conflict(HubState known, String difference) {
    return HubConflictException.otherHub(known.topic, known.generation, difference);
  }
}
