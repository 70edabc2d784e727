package io.medallion.job.late;

import io.medallion.job.event.EventRecord;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.metrics.Counter;

/** Lets late events pass, and counts them as {@code lateEvents} in the group {@code medallion}. */
public final class LateEvents extends RichFilterFunction<EventRecord> {

  private static final long serialVersionUID = 1L;

  private transient Counter lateEvents;

  @Override
  public void open(OpenContext context) {
    lateEvents = getRuntimeContext().getMetricGroup().addGroup("medallion").counter("lateEvents");
  }

  @Override
  public boolean filter(EventRecord event) {
    if (event.late) {
      lateEvents.inc();
    }
    return event.late;
  }
}
