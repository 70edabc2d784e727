package io.medallion.job.source;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * Tells a source reader that all partitions of the Event Hub were assigned to one reader or other.
 */
record AllAssigned() implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
