package io.medallion.job.gold;

import io.medallion.job.event.TumblingWindows;
import io.medallion.job.event.WeatherRecord;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Aggregates events before the shuffle, per window and station, so that what crosses the network
 * grows with the number of stations and not with the number of events.
 *
 * <p>Keeps no state of its own: it hands on everything before each checkpoint barrier. And a
 * window's parts go before the watermark that closes it, so none comes late. Memory is bounded by
 * {@link #maxEntries}; beyond it, everything is handed on at once.
 *
 * <p>A counter in the group {@code medallion}: {@code uncountedConditions}, the events whose
 * condition does not count for the prevailing one, as its window has too many others.
 */
public final class WindowCombiner extends AbstractStreamOperator<WindowAggregate>
    implements OneInputStreamOperator<WeatherRecord, WindowAggregate> {

  private static final long serialVersionUID = 1L;

  private final TumblingWindows windows;

  /** Aggregates, and the conditions in them, that are held at once. */
  private final int maxEntries;

  /** By window start, then by station. */
  private transient TreeMap<Long, Map<String, WindowAggregate>> open;

  private transient int size;

  /** The window of the last event: the next one mostly is of the same. */
  private transient Map<String, WindowAggregate> current;

  private transient long currentStart;
  private transient StreamRecord<WindowAggregate> outgoing;
  private transient Counter uncountedConditions;

  public WindowCombiner(TumblingWindows windows, int maxEntries) {
    this.windows = windows;
    this.maxEntries = maxEntries;
  }

  @Override
  public void open() throws Exception {
    super.open();
    open = new TreeMap<>();
    outgoing = new StreamRecord<>(null);
    uncountedConditions = getMetricGroup().addGroup("medallion").counter("uncountedConditions");
  }

  @Override
  public void processElement(StreamRecord<WeatherRecord> element) {
    WeatherRecord event = element.getValue();
    long start = windows.startOf(event.eventTime);
    if (current == null || start != currentStart) {
      current = open.computeIfAbsent(start, unused -> new HashMap<>());
      currentStart = start;
    }
    WindowAggregate aggregate = current.get(event.stationId.value);
    if (aggregate == null) {
      aggregate = new WindowAggregate(event.stationId.value, start, start + windows.size());
      current.put(aggregate.stationId, aggregate);
      size++;
    }
    int conditionsBefore = aggregate.conditions.size();
    aggregate.add(event);
    size += aggregate.conditions.size() - conditionsBefore;
    if (size >= maxEntries) {
      handOnAll();
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    while (!open.isEmpty() && open.firstKey() + windows.size() - 1 <= mark.getTimestamp()) {
      handOn(open.pollFirstEntry().getValue());
    }
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    handOnAll();
  }

  @Override
  public void finish() {
    handOnAll();
  }

  private void handOnAll() {
    for (Iterator<Map<String, WindowAggregate>> it = open.values().iterator(); it.hasNext(); ) {
      handOn(it.next());
      it.remove();
    }
  }

  private void handOn(Map<String, WindowAggregate> window) {
    current = null;
    size -= window.size();
    for (WindowAggregate aggregate : window.values()) {
      size -= aggregate.conditions.size();
      uncountedConditions.inc(aggregate.eventsWithoutCondition());
      output.collect(outgoing.replace(aggregate, aggregate.windowEnd - 1));
    }
  }
}
