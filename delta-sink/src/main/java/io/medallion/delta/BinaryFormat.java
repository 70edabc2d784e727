package io.medallion.delta;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;

/**
 * The binary form of what the sink keeps in checkpoints and sends between its operators.
 *
 * <p>Strings are UTF-8 behind an {@code int} length: statistics can exceed the 64 KiB of {@code
 * writeUTF}. Each form has a version of its own, that of its {@link SimpleVersionedSerializer}.
 * Older ones are read: version 1 of a committable and of the state did not say which commit was the
 * one before. A newer one is refused.
 */
final class BinaryFormat {

  private BinaryFormat() {}

  /** Serializes the files that writers send to the aggregator. */
  static SimpleVersionedSerializer<DataFile> dataFiles() {
    return new Versioned<>("data file", 1, BinaryFormat::writeFile, (version, in) -> readFile(in));
  }

  /** Serializes what the aggregator sends to the committer, and the committer's state. */
  static SimpleVersionedSerializer<DeltaCommittable> committables() {
    return new Versioned<>(
        "committable", 2, BinaryFormat::writeCommittable, BinaryFormat::readCommittable);
  }

  /** Serializes the aggregator's state. */
  static SimpleVersionedSerializer<SinkState> sinkStates() {
    return new Versioned<>(
        "sink's state", 2, BinaryFormat::writeSinkState, BinaryFormat::readSinkState);
  }

  /** Serializes the state of writers, which keep none. */
  static SimpleVersionedSerializer<Void> nothing() {
    return new Versioned<>("nothing", 1, (none, out) -> {}, (version, in) -> null);
  }

  private static void writeFile(DataFile file, DataOutput out) throws IOException {
    writeString(file.path(), out);
    out.writeInt(file.partitionValues().size());
    for (Map.Entry<String, String> partition : file.partitionValues().entrySet()) {
      writeString(partition.getKey(), out);
      writeString(partition.getValue(), out);
    }
    out.writeLong(file.size());
    out.writeLong(file.modificationTime());
    out.writeLong(file.rows());
    writeString(file.statistics(), out);
  }

  private static DataFile readFile(DataInput in) throws IOException {
    String path = readString(in);
    int partitionCount = in.readInt();
    Map<String, String> partitionValues = new LinkedHashMap<>();
    for (int i = 0; i < partitionCount; i++) {
      String column = readString(in);
      partitionValues.put(column, readString(in));
    }
    return new DataFile(
        path, partitionValues, in.readLong(), in.readLong(), in.readLong(), readString(in));
  }

  private static void writeCommittable(DeltaCommittable committable, DataOutput out)
      throws IOException {
    writeLineage(committable.lineage(), out);
    out.writeLong(committable.checkpointId());
    writeCommitId(committable.previous(), out);
    out.writeBoolean(committable.isCheck());
    out.writeInt(committable.files().size());
    for (DataFile file : committable.files()) {
      writeFile(file, out);
    }
  }

  private static DeltaCommittable readCommittable(int version, DataInput in) throws IOException {
    Lineage lineage = readLineage(in);
    long checkpointId = in.readLong();
    Optional<CommitId> previous = version == 1 ? Optional.empty() : readCommitId(in);
    boolean isCheck = version > 1 && in.readBoolean();
    int fileCount = in.readInt();
    List<DataFile> files = new ArrayList<>();
    for (int i = 0; i < fileCount; i++) {
      files.add(readFile(in));
    }
    return new DeltaCommittable(lineage, checkpointId, previous, isCheck, files);
  }

  private static void writeSinkState(SinkState state, DataOutput out) throws IOException {
    writeLineage(state.lineage(), out);
    writeCommitId(state.lastSent(), out);
  }

  private static SinkState readSinkState(int version, DataInput in) throws IOException {
    Lineage lineage = readLineage(in);
    return new SinkState(lineage, version == 1 ? Optional.empty() : readCommitId(in));
  }

  private static void writeCommitId(Optional<CommitId> commit, DataOutput out) throws IOException {
    out.writeBoolean(commit.isPresent());
    if (commit.isPresent()) {
      writeString(commit.get().epoch(), out);
      out.writeLong(commit.get().checkpointId());
    }
  }

  private static Optional<CommitId> readCommitId(DataInput in) throws IOException {
    return in.readBoolean()
        ? Optional.of(new CommitId(readString(in), in.readLong()))
        : Optional.empty();
  }

  private static void writeLineage(Lineage lineage, DataOutput out) throws IOException {
    writeString(lineage.tableId(), out);
    writeString(lineage.epoch(), out);
    out.writeInt(lineage.past().size());
    for (Map.Entry<String, Long> ancestor : lineage.past().entrySet()) {
      writeString(ancestor.getKey(), out);
      out.writeLong(ancestor.getValue());
    }
  }

  private static Lineage readLineage(DataInput in) throws IOException {
    String tableId = readString(in);
    String epoch = readString(in);
    int pastCount = in.readInt();
    Map<String, Long> past = new LinkedHashMap<>();
    for (int i = 0; i < pastCount; i++) {
      String ancestor = readString(in);
      past.put(ancestor, in.readLong());
    }
    return new Lineage(tableId, epoch, past);
  }

  private static void writeString(String value, DataOutput out) throws IOException {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readString(DataInput in) throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private interface Writer<T> {
    void write(T value, DataOutput out) throws IOException;
  }

  private interface Reader<T> {
    T read(int version, DataInput in) throws IOException;
  }

  private record Versioned<T>(String what, int version, Writer<T> writer, Reader<T> reader)
      implements SimpleVersionedSerializer<T> {

    @Override
    public int getVersion() {
      return version;
    }

    @Override
    public byte[] serialize(T value) throws IOException {
      DataOutputSerializer out = new DataOutputSerializer(256);
      writer.write(value, out);
      return out.getCopyOfBuffer();
    }

    @Override
    public T deserialize(int written, byte[] serialized) throws IOException {
      if (written > version || written < 1) {
        throw new IOException(
            "Can't read a "
                + what
                + " of format version "
                + written
                + ": this build reads versions up to "
                + version
                + ". The checkpoint was written by a newer release; run that one.");
      }
      return reader.read(written, new DataInputDeserializer(serialized));
    }
  }
}
