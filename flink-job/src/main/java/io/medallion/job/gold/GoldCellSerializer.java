package io.medallion.job.gold;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.java.typeutils.runtime.PojoSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The binary form of a {@link GoldCell}. Which parts it has is in the snapshot of the serializer,
 * once for all cells: a job with another contract reads the cells of the one before, and writes
 * them in its own form. So does one after a release that had {@link WindowAggregate}.
 */
final class GoldCellSerializer extends TypeSerializer<GoldState> {

  private static final long serialVersionUID = 1L;

  private final GoldLayout.Names names;

  GoldCellSerializer(GoldLayout.Names names) {
    this.names = names;
  }

  @Override
  public void serialize(GoldState state, DataOutputView out) throws IOException {
    GoldCell cell = state.toCell(names);
    writeText(cell.key, out);
    out.writeLong(cell.windowStart);
    out.writeLong(cell.windowEnd);
    out.writeLong(cell.eventCount);
    out.writeLong(cell.keyCount);
    write(cell.sumCounts, out);
    write(cell.sums, out);
    for (int i = 0; i < cell.min.length; i++) {
      out.writeDouble(cell.min[i]);
      out.writeDouble(cell.max[i]);
    }
    write(cell.counts, out);
    write(cell.vectorCounts, out);
    write(cell.eastSums, out);
    write(cell.northSums, out);
    for (TextCounts texts : cell.texts) {
      out.writeLong(texts.events());
      out.writeInt(texts.size());
      for (Map.Entry<String, Long> entry : texts.counts().entrySet()) {
        writeText(entry.getKey(), out);
        out.writeLong(entry.getValue());
      }
    }
    for (PickedValue picked : cell.picks) {
      picked.write(out);
    }
    out.writeInt(cell.incomplete.size());
    for (String part : cell.incomplete) {
      writeText(part, out);
    }
  }

  @Override
  public GoldState deserialize(DataInputView in) throws IOException {
    GoldCell cell = new GoldCell(names);
    cell.key = readText(in);
    cell.windowStart = in.readLong();
    cell.windowEnd = in.readLong();
    cell.eventCount = in.readLong();
    cell.keyCount = in.readLong();
    read(cell.sumCounts, in);
    read(cell.sums, in);
    for (int i = 0; i < cell.min.length; i++) {
      cell.min[i] = in.readDouble();
      cell.max[i] = in.readDouble();
    }
    read(cell.counts, in);
    read(cell.vectorCounts, in);
    read(cell.eastSums, in);
    read(cell.northSums, in);
    for (TextCounts texts : cell.texts) {
      long events = in.readLong();
      int size = in.readInt();
      Map<String, Long> counts = new HashMap<>();
      for (int i = 0; i < size; i++) {
        counts.put(readText(in), in.readLong());
      }
      texts.restore(events, counts);
    }
    for (PickedValue picked : cell.picks) {
      picked.read(in);
    }
    int incomplete = in.readInt();
    if (incomplete > 0) {
      Set<String> incompleteParts = new LinkedHashSet<>();
      for (int i = 0; i < incomplete; i++) {
        incompleteParts.add(readText(in));
      }
      cell.incomplete = incompleteParts;
    }
    return cell;
  }

  private static void write(long[] numbers, DataOutputView out) throws IOException {
    for (long number : numbers) {
      out.writeLong(number);
    }
  }

  private static void read(long[] numbers, DataInputView in) throws IOException {
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = in.readLong();
    }
  }

  static void writeText(String text, DataOutputView out) throws IOException {
    if (text == null) {
      out.writeInt(-1);
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  static String readText(DataInputView in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] utf8 = new byte[length];
    in.readFully(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public TypeSerializer<GoldState> duplicate() {
    // No state but names that nobody changes.
    return this;
  }

  @Override
  public GoldState createInstance() {
    return new GoldCell(names);
  }

  @Override
  public GoldState copy(GoldState from) {
    GoldCell original = from.toCell(names);
    GoldCell copy = new GoldCell(names);
    copy.add(original);
    copy.key = original.key;
    copy.keyCount = original.keyCount;
    return copy;
  }

  @Override
  public GoldState copy(GoldState from, GoldState reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public GoldState deserialize(GoldState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GoldCellSerializer serializer && names.equals(serializer.names);
  }

  @Override
  public int hashCode() {
    return names.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<GoldState> snapshotConfiguration() {
    Snapshot snapshot = new Snapshot();
    snapshot.serializer = this;
    return snapshot;
  }

  /** The parts, as they are in a savepoint. */
  public static final class Snapshot implements TypeSerializerSnapshot<GoldState> {

    /** The first version had no parts of the last kind, and the same form of the others. */
    private static final int VERSION = 2;

    private GoldCellSerializer serializer;

    /** For Flink. */
    public Snapshot() {}

    @Override
    public int getCurrentVersion() {
      return VERSION;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      for (List<String> kind : serializer.names.kinds()) {
        out.writeInt(kind.size());
        for (String part : kind) {
          writeText(part, out);
        }
      }
    }

    @Override
    public void readSnapshot(int version, DataInputView in, ClassLoader loader) throws IOException {
      if (version < 1 || version > VERSION) {
        throw new IOException(
            "The windows of gold have form %d, and this release knows those up to %d: go on with the release that wrote them, or a later one"
                .formatted(version, VERSION));
      }
      List<List<String>> kinds = new ArrayList<>();
      for (int kind = 0; kind < GoldLayout.Names.KINDS; kind++) {
        List<String> names = new ArrayList<>();
        int size = version == 1 && kind == GoldLayout.Names.KINDS - 1 ? 0 : in.readInt();
        for (int i = 0; i < size; i++) {
          names.add(readText(in));
        }
        kinds.add(names);
      }
      serializer = new GoldCellSerializer(GoldLayout.Names.of(kinds));
    }

    @Override
    public TypeSerializer<GoldState> restoreSerializer() {
      return serializer;
    }

    @Override
    public TypeSerializerSchemaCompatibility<GoldState> resolveSchemaCompatibility(
        TypeSerializerSnapshot<GoldState> old) {
      if (old instanceof Snapshot saved) {
        return saved.serializer.equals(serializer)
            ? TypeSerializerSchemaCompatibility.compatibleAsIs()
            : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
      }
      return ((TypeSerializerSnapshot<?>) old) instanceof PojoSerializerSnapshot
          ? TypeSerializerSchemaCompatibility.compatibleAfterMigration()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
