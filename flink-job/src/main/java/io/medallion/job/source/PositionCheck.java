package io.medallion.job.source;

import io.medallion.eventhubs.EventHubLookup.Range;
import io.medallion.job.config.ExpiredOffsets;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.hub.HubConflictException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at where a partition is to be read on, before it is: that the Event Hub has that. */
record PositionCheck(SourceConfig eventHub) {

  private static final Logger LOG = LoggerFactory.getLogger(PositionCheck.class);

  /**
   * The split as it can be read.
   *
   * @param range of the partition; null if the Event Hub has no such partition
   * @throws HubConflictException if it cannot, unless the settings say to skip what has expired
   */
  EventHubSplit checked(EventHubSplit split, Range range) {
    long position = split.getStartingOffset();
    if (range == null) {
      throw otherHub(
          "it has no partition %d, of which offset %d is next"
              .formatted(split.getPartition(), position));
    }
    if (position > range.end()) {
      throw otherHub(
          "partition %d ends before offset %d, but offset %d is next"
              .formatted(split.getPartition(), range.end(), position));
    }
    if (position >= range.begin()) {
      return split;
    }
    String expired =
        "Partition %d of '%s': offsets %d to %d expired before they were read"
            .formatted(split.getPartition(), eventHub.topic(), position, range.begin() - 1);
    if (eventHub.expiredOffsets() == ExpiredOffsets.FAIL) {
      throw new HubConflictException(
          expired
              + ". The events among them are lost to the lake. To accept that and go on with what is there, start the job from the same state with source.expired.offsets = skip; the table 'gaps' then says what is missing");
    }
    LOG.error("{}; they are skipped, because source.expired.offsets = skip", expired);
    return split.expired(range.begin());
  }

  private HubConflictException otherHub(String difference) {
    return HubConflictException.otherHub(eventHub.topic(), eventHub.generation(), difference);
  }
}
