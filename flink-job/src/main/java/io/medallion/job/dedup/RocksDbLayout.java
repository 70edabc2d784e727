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
 * checkpoint again: with RocksDB's own choice that was two hundred times as much as what was new
 * (50,000 events in four partitions between two checkpoints), now it is four times.
 *
 * <p>RocksDB's own log stays with its data. Flink would put it beside its own log, under a name
 * that is made of the data's whole path: of a deep folder, one that is too long for a file, at
 * which the job fails.
 */
public final class RocksDbLayout implements ConfigurableRocksDBOptionsFactory {

  private static final long serialVersionUID = 1L;

  private static final int FILES_TO_MERGE = 12;
  private static final String WITH_ITS_DATA = "";

  @Override
  public RocksDBOptionsFactory configure(ReadableConfig unused) {
    return this;
  }

  @Override
  public DBOptions createDBOptions(DBOptions options, Collection<AutoCloseable> unused) {
    return options.setDbLogDir(WITH_ITS_DATA);
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
