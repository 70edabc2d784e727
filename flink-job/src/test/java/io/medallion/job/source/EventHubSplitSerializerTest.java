package io.medallion.job.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.HexFormat;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class EventHubSplitSerializerTest {

  /** Partition 3 of 'weather', to be read from 9 to 20, as the first release wrote it. */
  private static final String KAFKA_FORM =
      "0007776561746865720000000300000000000000090000000000000014";

  /** The same, with 5 expected and what is before 8 expired, of the release before key groups. */
  private static final String FORM_100 = "0000000000000000000000050000000000000008" + KAFKA_FORM;

  /** And with the key group 64. */
  private static final String FORM =
      "000000000000000000000005000000000000000800000040" + KAFKA_FORM;

  private static final TopicPartition PARTITION = new TopicPartition("weather", 3);

  private final EventHubSplitSerializer serializer = new EventHubSplitSerializer();

  @Test
  void theFormStays() throws IOException {
    assertThat(serializer.getVersion()).isEqualTo(101);
    assertThat(serializer.serialize(new EventHubSplit(PARTITION, 9, 20, 5, 8, 64)))
        .asHexString()
        .isEqualToIgnoringCase(FORM);

    EventHubSplit split = serializer.deserialize(101, HexFormat.of().parseHex(FORM));

    assertIsKnown(split);
    assertThat(split.keyGroup()).isEqualTo(64);
  }

  @Test
  void aPositionOfTheReleaseBeforeHasNoKeyGroup() throws IOException {
    EventHubSplit split = serializer.deserialize(100, HexFormat.of().parseHex(FORM_100));

    assertIsKnown(split);
    assertThat(split.keyGroup()).isEqualTo(EventHubSplit.NO_KEY_GROUP);
  }

  private static void assertIsKnown(EventHubSplit split) {
    assertThat(split.getTopicPartition()).isEqualTo(PARTITION);
    assertThat(split.getStartingOffset()).isEqualTo(9);
    assertThat(split.getStoppingOffset()).contains(20L);
    assertThat(split.expectedOffset()).isEqualTo(5);
    assertThat(split.expiredBefore()).isEqualTo(8);
  }

  @Test
  void ofThePositionOfTheFirstReleaseTheRecordIsExpected() throws IOException {
    EventHubSplit split = serializer.deserialize(0, HexFormat.of().parseHex(KAFKA_FORM));

    assertThat(split.getTopicPartition()).isEqualTo(PARTITION);
    assertThat(split.getStartingOffset()).isEqualTo(9);
    assertThat(split.getStoppingOffset()).contains(20L);
    assertThat(split.expectedOffset()).isEqualTo(9);
    assertThat(split.expiredBefore()).isEqualTo(EventHubSplit.NONE);
  }

  @Test
  void whereReadingBeginsAtTheEarliestRecordNoneIsExpected() throws IOException {
    KafkaPartitionSplit split =
        new KafkaPartitionSplit(PARTITION, KafkaPartitionSplit.EARLIEST_OFFSET);

    EventHubSplit copy = serializer.deserialize(101, serializer.serialize(split));

    assertThat(copy.getStartingOffset()).isEqualTo(KafkaPartitionSplit.EARLIEST_OFFSET);
    assertThat(copy.getStoppingOffset()).isEmpty();
    assertThat(copy.expectedOffset()).isEqualTo(EventHubSplit.NONE);
  }

  @Test
  void aFormThatOnlyANewerReleaseKnowsIsRefused() {
    assertThatIOException()
        .isThrownBy(() -> serializer.deserialize(102, new byte[0]))
        .withMessageContaining("written by a newer release");
  }
}
