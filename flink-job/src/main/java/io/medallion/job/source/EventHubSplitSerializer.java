package io.medallion.job.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplitSerializer;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The binary form of an {@link EventHubSplit}, version 101: the version of the connector's form
 * (int), expected offset and offset before which records expired (longs), key group (int), the
 * connector's form. All numbers are big endian.
 *
 * <p>Version 100 had no key group. The first release had the connector's form alone, whose versions
 * are less than that.
 */
final class EventHubSplitSerializer implements SimpleVersionedSerializer<KafkaPartitionSplit> {

  private static final int WITHOUT_KEY_GROUP = 100;
  private static final int VERSION = 101;
  private static final int BYTES_BEFORE = 2 * Integer.BYTES + 2 * Long.BYTES;

  private final KafkaPartitionSplitSerializer kafka = new KafkaPartitionSplitSerializer();

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(KafkaPartitionSplit split) throws IOException {
    EventHubSplit known = EventHubSplit.of(split);
    byte[] form = kafka.serialize(known);
    return ByteBuffer.allocate(BYTES_BEFORE + form.length)
        .putInt(kafka.getVersion())
        .putLong(known.expectedOffset())
        .putLong(known.expiredBefore())
        .putInt(known.keyGroup())
        .put(form)
        .array();
  }

  @Override
  public EventHubSplit deserialize(int version, byte[] serialized) throws IOException {
    if (version < WITHOUT_KEY_GROUP) {
      return EventHubSplit.of(kafka.deserialize(version, serialized));
    }
    if (version > VERSION) {
      throw new IOException(
          "A position in the Event Hub has the form %d, and this release knows the forms up to %d: the checkpoint was written by a newer release. Start that one"
              .formatted(version, VERSION));
    }
    ByteBuffer in = ByteBuffer.wrap(serialized);
    int kafkaVersion = in.getInt();
    long expectedOffset = in.getLong();
    long expiredBefore = in.getLong();
    int keyGroup = version == VERSION ? in.getInt() : EventHubSplit.NO_KEY_GROUP;
    byte[] form = new byte[in.remaining()];
    in.get(form);
    KafkaPartitionSplit split = kafka.deserialize(kafkaVersion, form);
    return new EventHubSplit(
        split.getTopicPartition(),
        split.getStartingOffset(),
        EventHubSplit.stoppingOffset(split),
        expectedOffset,
        expiredBefore,
        keyGroup);
  }
}
