package io.medallion.job.dedup;

import java.util.Collection;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.state.rocksdb.ConfigurableRocksDBOptionsFactory;
import org.apache.flink.state.rocksdb.RocksDBOptionsFactory;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;

/**
 * How RocksDB keeps the job's state in files. Nearly all of it is {@link Segments}: written once,
 * read at a restart alone, removed in the order they came, and too random to compress. So files are
 * merged by size, and not before there are many. What was merged has to be written into the next
 * checkpoint again: with RocksDB's own choice that was fifty times as much as what was new (50,000
 * events/s in four partitions, a checkpoint every second), now it is three times.
 */
public final class RocksDbLayout implements ConfigurableRocksDBOptionsFactory {

  private static final long serialVersionUID = 1L;

  private static final int FILES_TO_MERGE = 12;

  @Override
  public RocksDBOptionsFactory configure(ReadableConfig unused) {
    return this;
  }

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> unused) {
    return options;
  }

  @Override
  public ColumnFamilyOptions createColumnOptions(
      ColumnFamilyOptions options, Collection<AutoCloseable> unused) {
    return options
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setLevel0FileNumCompactionTrigger(FILES_TO_MERGE)
        .setCompressionType(CompressionType.NO_COMPRESSION);
  }
}
