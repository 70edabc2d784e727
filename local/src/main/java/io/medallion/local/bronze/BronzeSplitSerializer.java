package io.medallion.local.bronze;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Of each split partition and key group (ints) and the next offset (long), big endian. Lives no
 * longer than a replay: there is no form of an earlier release.
 */
final class BronzeSplitSerializer implements SimpleVersionedSerializer<List<BronzeSplit>> {

  private static final int VERSION = 1;
  private static final int BYTES = 2 * Integer.BYTES + Long.BYTES;

  /** Of one split. */
  static final class OfOne implements SimpleVersionedSerializer<BronzeSplit> {

    private final BronzeSplitSerializer several = new BronzeSplitSerializer();

    @Override
    public int getVersion() {
      return VERSION;
    }

    @Override
    public byte[] serialize(BronzeSplit split) {
      return several.serialize(List.of(split));
    }

    @Override
    public BronzeSplit deserialize(int version, byte[] serialized) throws IOException {
      return several.deserialize(version, serialized).get(0);
    }
  }

  @Override
  public int getVersion() {
    return VERSION;
  }

  @Override
  public byte[] serialize(List<BronzeSplit> splits) {
    ByteBuffer out = ByteBuffer.allocate(splits.size() * BYTES);
    splits.forEach(
        split -> out.putInt(split.partition()).putInt(split.keyGroup()).putLong(split.next()));
    return out.array();
  }

  @Override
  public List<BronzeSplit> deserialize(int version, byte[] serialized) throws IOException {
    if (version != VERSION) {
      throw new IOException("Splits of bronze have the form %d, not 1".formatted(version));
    }
    List<BronzeSplit> splits = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(serialized);
    while (in.hasRemaining()) {
      splits.add(new BronzeSplit(in.getInt(), in.getInt(), in.getLong()));
    }
    return splits;
  }
}
