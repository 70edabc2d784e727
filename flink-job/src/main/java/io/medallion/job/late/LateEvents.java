package io.medallion.job.late;

import io.medallion.job.event.EventRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;

/**
 * Hands on each late event once for each size of windows of which it missed one. Counts late events
 * as {@code lateEvents} in the group {@code medallion}, each once.
 */
public final class LateEvents extends RichFlatMapFunction<EventRecord, EventRecord> {

  private static final long serialVersionUID = 1L;

  private transient Counter lateEvents;

  @Override
  public void open(OpenContext context) {
    lateEvents = getRuntimeContext().getMetricGroup().addGroup("medallion").counter("lateEvents");
  }

  @Override
  public void flatMap(EventRecord event, Collector<EventRecord> out) {
    if (!event.isLate()) {
      return;
    }
    lateEvents.inc();
    for (int size = 0; size < event.missedBy.length; size++) {
      if (event.isLate(size)) {
        event.lateSize = size;
        event.latenessMillis = event.missedBy[size];
        out.collect(event);
      }
    }
  }
}
