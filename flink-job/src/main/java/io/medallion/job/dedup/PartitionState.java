package io.medallion.job.dedup;

import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;

/**
 * The deduplication's state in Flink, by {@link PartitionKey}: of each partition a {@link
 * SavedPartition}, and the {@link Segments} that it tells of. With RocksDB's incremental
 * checkpoints, what was written once is not written again.
 */
final class PartitionState {

  private static final String PARTITION = "partition";

  private final KeyedStateBackend<Long> backend;
  private final ValueState<byte[]> partition;

  /** By number of the generation (upper half) and index of the segment in it. */
  private final MapState<Long, byte[]> segments;

  @SuppressWarnings("unchecked") // PartitionKey makes the keys.
  PartitionState(KeyedStateBackend<?> backend, KeyedStateStore store) {
    this.backend = (KeyedStateBackend<Long>) backend;
    partition =
        store.getState(
            new ValueStateDescriptor<>(
                PARTITION, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
    segments =
        store.getMapState(
            new MapStateDescriptor<>(
                "segments", Types.LONG, PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  /** Of all partitions that have a state in this subtask. */
  List<Long> keys() {
    try (Stream<Long> keys = backend.getKeys(PARTITION, VoidNamespace.INSTANCE)) {
      return keys.toList();
    }
  }

  SavedPartition read(long key) throws Exception {
    backend.setCurrentKey(key);
    return SavedPartition.of(partition.value());
  }

  void write(long key, SavedPartition saved) throws Exception {
    backend.setCurrentKey(key);
    partition.update(saved.form());
  }

  void clear(long key) {
    backend.setCurrentKey(key);
    partition.clear();
    segments.clear();
  }

  Segments segments(long key) {
    return new Segments() {
      @Override
      public void write(long generation, int segment, byte[] ids) throws Exception {
        backend.setCurrentKey(key);
        segments.put(place(generation, segment), ids);
      }

      @Override
      public void remove(long generation, int segment) throws Exception {
        backend.setCurrentKey(key);
        segments.remove(place(generation, segment));
      }

      @Override
      public byte[] read(long generation, int segment) throws Exception {
        backend.setCurrentKey(key);
        return segments.get(place(generation, segment));
      }
    };
  }

  private static long place(long generation, int segment) {
    return generation << Integer.SIZE | segment;
  }
}
