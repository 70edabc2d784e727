package io.medallion.job.gold;

import io.medallion.contract.Contract;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.event.TumblingWindows;
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
 * Aggregates events before the shuffle, per window and key, so that what crosses the network grows
 * with the number of keys and not with the number of events.
 *
 * <p>Keeps no state of its own: it hands on everything before each checkpoint barrier. And a
 * window's parts go before the watermark that closes it, so none comes late. Memory is bounded by
 * {@link #maxEntries}; beyond it, everything is handed on at once.
 *
 * <p>A counter in the group {@code medallion}: {@code uncountedConditions}, the texts that do not
 * count for the most frequent one, as the window has too many others.
 */
final class WindowCombiner extends AbstractStreamOperator<GoldState>
    implements OneInputStreamOperator<EventRecord, GoldState> {

  private static final long serialVersionUID = 1L;

  private final Contract contract;

  /** The place of the keys among an event's values; −1 for the contract's key. */
  private final int keyPlace;

  private final GoldPath path;
  private final TumblingWindows windows;

  /** Cells, and the texts in them, that are held at once. */
  private final int maxEntries;

  /** By window start, then by key. */
  private transient TreeMap<Long, Map<String, GoldCell>> open;

  private transient GoldLayout layout;
  private transient int size;

  /** The window of the last event: the next one mostly is of the same. */
  private transient Map<String, GoldCell> current;

  private transient long currentStart;
  private transient StreamRecord<GoldState> outgoing;
  private transient Counter uncountedConditions;

  WindowCombiner(Contract contract, GoldPath path, int maxEntries) {
    this.contract = contract;
    this.path = path;
    this.keyPlace = contract.placeOf(path.by());
    this.windows = path.windows();
    this.maxEntries = maxEntries;
  }

  @Override
  public void open() throws Exception {
    super.open();
    layout = new GoldLayout(contract, path.parts());
    open = new TreeMap<>();
    outgoing = new StreamRecord<>(null);
    uncountedConditions = getMetricGroup().addGroup("medallion").counter("uncountedConditions");
  }

  @Override
  public void processElement(StreamRecord<EventRecord> element) {
    EventRecord event = element.getValue();
    long start = windows.startOf(event.eventTime);
    if (current == null || start != currentStart) {
      current = open.computeIfAbsent(start, unused -> new HashMap<>());
      currentStart = start;
    }
    Text keyText = GoldLayout.text(keyPlace, event);
    // Events without a value have a row of their own, as those with an empty one.
    String key = keyText == null ? "" : keyText.value;
    GoldCell cell = current.get(key);
    if (cell == null) {
      cell = new GoldCell(layout.names(), key, start, start + windows.size());
      if (event.completeFrom.length > 0 && start < event.completeFrom[path.index()]) {
        cell.beganBefore();
      }
      current.put(key, cell);
      size += cell.weight();
    }
    int weightBefore = cell.weight();
    cell.add(event, layout);
    size += cell.weight() - weightBefore;
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
    for (Iterator<Map<String, GoldCell>> it = open.values().iterator(); it.hasNext(); ) {
      handOn(it.next());
      it.remove();
    }
  }

  private void handOn(Map<String, GoldCell> window) {
    current = null;
    for (GoldCell cell : window.values()) {
      size -= cell.weight();
      uncountedConditions.inc(cell.uncountedTexts());
      output.collect(outgoing.replace(cell, cell.windowEnd - 1));
    }
  }
}
