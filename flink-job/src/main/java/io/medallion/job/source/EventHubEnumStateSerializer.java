package io.medallion.job.source;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The binary form of an {@link EventHubEnumState}: the version of the connector's form (int), its
 * length (int) and the form; how many splits wait (int), the version of their form (int), and of
 * each the length (int) and the form. All numbers are big endian.
 *
 * <p>Earlier releases had the connector's form alone, whose versions are less than {@link
 * #VERSION}.
 */
final class EventHubEnumStateSerializer implements SimpleVersionedSerializer<EventHubEnumState> {

  private static final int VERSION = 100;

  private final SimpleVersionedSerializer<KafkaSourceEnumState> kafka;
  private final EventHubSplitSerializer splits = new EventHubSplitSerializer();

  EventHubEnumStateSerializer(SimpleVersionedSerializer<KafkaSourceEnumState> kafka) {
    this.kafka = kafka;
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(EventHubEnumState state) throws IOException {
    byte[] known = kafka.serialize(state.kafka());
    List<byte[]> waiting = new ArrayList<>();
    int bytes = 4 * Integer.BYTES + known.length;
    for (EventHubSplit split : state.waiting()) {
      byte[] form = splits.serialize(split);
      waiting.add(form);
      bytes += Integer.BYTES + form.length;
    }
    ByteBuffer out = ByteBuffer.allocate(bytes);
    out.putInt(kafka.getVersion()).putInt(known.length).put(known);
    out.putInt(waiting.size()).putInt(splits.getVersion());
    waiting.forEach(form -> out.putInt(form.length).put(form));
    return out.array();
  }

  @Override
  public EventHubEnumState deserialize(int version, byte[] serialized) throws IOException {
    if (version < VERSION) {
      return new EventHubEnumState(kafka.deserialize(version, serialized), List.of());
    }
    if (version > VERSION) {
      throw new IOException(
          "The partitions of the Event Hub have the form %d, and this release knows the forms up to %d: the checkpoint was written by a newer release. Start that one"
              .formatted(version, VERSION));
    }
    ByteBuffer in = ByteBuffer.wrap(serialized);
    int kafkaVersion = in.getInt();
    KafkaSourceEnumState known = kafka.deserialize(kafkaVersion, next(in));
    List<EventHubSplit> waiting = new ArrayList<>();
    int count = in.getInt();
    int splitVersion = in.getInt();
    for (int i = 0; i < count; i++) {
      waiting.add(splits.deserialize(splitVersion, next(in)));
    }
    return new EventHubEnumState(known, waiting);
  }

  private static byte[] next(ByteBuffer in) {
    byte[] form = new byte[in.getInt()];
    in.get(form);
    return form;
  }
}
