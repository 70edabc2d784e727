package io.medallion.local.bronze;

import org.apache.flink.api.connector.source.SourceSplit;

/**
 * A partition, and how far it is read.
 *
 * @param keyGroup where the state of the partition is
 * @param next all before this offset is read
 */
record BronzeSplit(int partition, int keyGroup, long next) implements SourceSplit {

  @Override
  public String splitId() {
    return Integer.toString(partition);
  }
}
