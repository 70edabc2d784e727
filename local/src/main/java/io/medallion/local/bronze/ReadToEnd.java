package io.medallion.local.bronze;

import org.apache.flink.api.connector.source.SourceEvent;

/**
 * A reader tells the enumerator that it has read all of its partitions, and the enumerator tells
 * all readers once all of them have. They end together: once some subtasks of the job have ended
 * and others not, Flink completes no checkpoint of operators with union list state.
 */
record ReadToEnd() implements SourceEvent {

  private static final long serialVersionUID = 1L;
}
