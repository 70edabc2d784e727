package io.medallion.job.source;

import java.util.List;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;

/**
 * What the enumerator has to know after a restart.
 *
 * @param kafka the connector's: which partitions are known
 * @param waiting partitions that are known, and that no reader has yet
 */
record EventHubEnumState(KafkaSourceEnumState kafka, List<EventHubSplit> waiting) {}
