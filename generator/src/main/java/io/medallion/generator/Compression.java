package io.medallion.generator;

import java.util.Locale;

/** How the producer compresses batches. Event Hubs takes none, and gzip in its larger tiers. */
public enum Compression {
  NONE,
  GZIP,
  SNAPPY,
  LZ4,
  ZSTD;

  /** Kafka's name for it. */
  String kafkaName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
