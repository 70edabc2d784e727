package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.config.StartingOffsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer.PartitionOffsetsRetriever;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A broker whose two partitions end at offset 20; the group has read the first up to 15. */
class SourceOffsetsTest {

  private static final TopicPartition READ = new TopicPartition("weather", 0);
  private static final TopicPartition NEVER_READ = new TopicPartition("weather", 1);

  private static final long EARLIEST = KafkaPartitionSplit.EARLIEST_OFFSET;

  @Test
  void startsWhereItIsTold() {
    assertThat(start(StartingOffsets.LATEST)).isEqualTo(Map.of(READ, 20L, NEVER_READ, 20L));
  }

  /** The first record that is there now may be gone when a reader asks for it. */
  @Test
  void theEarliestRecordIsThatWhichIsThereWhenAReaderAsks() {
    assertThat(start(StartingOffsets.EARLIEST))
        .isEqualTo(Map.of(READ, EARLIEST, NEVER_READ, EARLIEST));
  }

  @Test
  void aPartitionThatTheGroupNeverReadIsReadFromItsBeginning() {
    assertThat(start(StartingOffsets.COMMITTED)).isEqualTo(Map.of(READ, 15L, NEVER_READ, EARLIEST));
  }

  @Test
  void noPositionIsEverResetByTheConsumer() {
    assertThat(new SourceOffsets(StartingOffsets.EARLIEST).getAutoOffsetResetStrategy().name())
        .isEqualTo("NONE");
  }

  private static Map<TopicPartition, Long> start(StartingOffsets start) {
    return new SourceOffsets(start).getPartitionOffsets(List.of(READ, NEVER_READ), new Broker());
  }

  private static final class Broker implements PartitionOffsetsRetriever {

    @Override
    public Map<TopicPartition, Long> committedOffsets(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> committed = new HashMap<>();
      committed.put(READ, 15L);
      committed.put(NEVER_READ, null);
      return committed;
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> offsets = new HashMap<>();
      partitions.forEach(partition -> offsets.put(partition, 20L));
      return offsets;
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
        Map<TopicPartition, Long> timestampsToSearch) {
      throw new UnsupportedOperationException();
    }
  }
}
