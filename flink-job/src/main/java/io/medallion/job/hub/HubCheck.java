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
 * same offsets, and other records. It is another one if its cluster id or topic id is, where the
 * broker tells them; or if a record that was read is not there, or has another timestamp.
 */
final class HubCheck {

  private static final Logger LOG = LoggerFactory.getLogger(HubCheck.class);

  private final EventHubLookup lookup;

  HubCheck(EventHubLookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Requires that cluster and topic are those of the state, and notes them there if it does not
   * know them.
   *
   * @throws HubConflictException if they are others
   */
  void requireSameTopic(HubState known) {
    Identity now = lookup.identity();
    if (differ(known.topicId, now.topicId())) {
      throw conflict(
          known, "its topic id is %s, and not %s".formatted(now.topicId(), known.topicId));
    }
    if (differ(known.clusterId, now.clusterId())) {
      throw conflict(
          known, "its cluster id is %s, and not %s".formatted(now.clusterId(), known.clusterId));
    }
    known.topicId = now.topicId() == null ? known.topicId : now.topicId();
    known.clusterId = now.clusterId() == null ? known.clusterId : now.clusterId();
  }

  private static boolean differ(String known, String now) {
    return known != null && now != null && !known.equals(now);
  }

  /** The ranges of the partitions that were read. */
  Map<Integer, Range> ranges(HubState known) {
    List<Integer> partitions =
        IntStream.range(0, known.partitions()).filter(known::isRead).boxed().toList();
    return partitions.isEmpty() ? Map.of() : lookup.ranges(partitions);
  }

  /**
   * Requires that the last record that was read of each partition is still what it was, unless it
   * has expired.
   *
   * @param ranges of the partitions that were read
   * @param selected partitions to look at
   * @throws HubConflictException if it is not
   */
  void requireSameRecords(HubState known, Map<Integer, Range> ranges, IntPredicate selected) {
    for (int partition = 0; partition < known.partitions(); partition++) {
      if (known.isRead(partition) && selected.test(partition)) {
        requireThere(known, partition, ranges.get(partition));
      }
    }
    Map<Integer, Long> offsets =
        ranges.entrySet().stream()
            .filter(entry -> selected.test(entry.getKey()))
            .filter(entry -> known.offsets[entry.getKey()] >= entry.getValue().begin())
            .collect(Collectors.toMap(Map.Entry::getKey, entry -> known.offsets[entry.getKey()]));
    Map<Integer, Mark> records = lookup.records(offsets);
    offsets.forEach((partition, offset) -> requireSame(known, partition, records.get(partition)));
  }

  private static void requireThere(HubState known, int partition, Range range) {
    long last = known.offsets[partition];
    if (range == null) {
      throw conflict(
          known, "it has no partition %d, of which offset %d was read".formatted(partition, last));
    }
    if (last >= range.end()) {
      throw conflict(
          known,
          "partition %d ends before offset %d, but offset %d was read"
              .formatted(partition, range.end(), last));
    }
  }

  private static void requireSame(HubState known, int partition, Mark record) {
    long offset = known.offsets[partition];
    if (record.offset() != offset) {
      LOG.warn(
          "Partition {} of '{}' has no record at offset {} any more, which was read: if the Event Hub"
              + " is compacted, it is gone; whether the hub is still the same is not known from it",
          partition,
          known.topic,
          offset);
    } else if (record.timestamp() != known.timestamps[partition]) {
      throw conflict(
          known,
          "partition %d, offset %d is a record of %s, but one of %s was read there"
              .formatted(
                  partition,
                  offset,
                  Instant.ofEpochMilli(record.timestamp()),
                  Instant.ofEpochMilli(known.timestamps[partition])));
    }
  }

  private static HubConflictException conflict(HubState known, String difference) {
    return HubConflictException.otherHub(known.topic, known.generation, difference);
  }
}
