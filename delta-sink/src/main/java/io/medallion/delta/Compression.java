package io.medallion.delta;

import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** How the pages of a table's Parquet files are compressed. */
public enum Compression {
  /** No compression. */
  UNCOMPRESSED(CompressionCodecName.UNCOMPRESSED, ""),
  /** Snappy: what Spark writes by default. */
  SNAPPY(CompressionCodecName.SNAPPY, ".snappy"),
  /** Zstandard at level 1: as cheap as Snappy and a quarter smaller. The default. */
  ZSTD(CompressionCodecName.ZSTD, ".zstd");

  private final CompressionCodecName codec;
  private final String fileSuffix;

  Compression(CompressionCodecName codec, String fileSuffix) {
    this.codec = codec;
    this.fileSuffix = fileSuffix;
  }

  CompressionCodecName codec() {
    return codec;
  }

  String fileSuffix() {
    return fileSuffix;
  }
}
