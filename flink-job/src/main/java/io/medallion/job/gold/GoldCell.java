package io.medallion.job.gold;

import io.medallion.contract.functions.CompassPoint;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What gold needs to know of the events of one window: of one key, or of all of them.
 *
 * <p>It travels between subtasks and is the state of the windows. Sums are {@link FixedPoint}, so
 * the result is the same to the last bit however the events were split into parts. Its size is
 * bounded whatever the events say.
 */
public final class GoldCell implements GoldState {

  /** The value of the column that the window's rows are by; null over everything. */
  String key;

  long windowStart;
  long windowEnd;
  long eventCount;

  /** How many keys have events. */
  long keyCount;

  final GoldLayout.Names names;

  // By part; sums are WideSums.
  final long[] sumCounts;
  final long[] sums;
  final double[] min;
  final double[] max;
  final long[] counts;
  final long[] vectorCounts;
  final long[] eastSums;
  final long[] northSums;
  final TextCounts[] texts;
  final PickedValue[] picks;

  private static final int PARTS_OF_AN_ENTRY = 10;

  /** In {@link #incomplete}, stands for all parts, and for the number of events and of keys. */
  private static final String EVERYTHING = "";

  /** The {@link #weight} without texts. */
  private final int ownWeight;

  /** Parts that do not know of all the window's events, as the contract did not have them then. */
  Set<String> incomplete = Set.of();

  GoldCell(GoldLayout.Names names) {
    this.names = names;
    sumCounts = new long[names.sums().size()];
    sums = new long[2 * names.sums().size()];
    min = new double[names.extremes().size()];
    max = new double[names.extremes().size()];
    Arrays.fill(min, Double.POSITIVE_INFINITY);
    Arrays.fill(max, Double.NEGATIVE_INFINITY);
    counts = new long[names.counts().size()];
    vectorCounts = new long[names.vectors().size()];
    eastSums = new long[2 * names.vectors().size()];
    northSums = new long[2 * names.vectors().size()];
    texts = new TextCounts[names.texts().size()];
    Arrays.setAll(texts, i -> new TextCounts());
    picks = names.picks().stream().map(PickedValue::of).toArray(PickedValue[]::new);
    int pickedTexts = (int) names.picks().stream().filter(PickedValue::isText).count();
    ownWeight =
        1
            + (sumCounts.length
                    + min.length
                    + counts.length
                    + 2 * vectorCounts.length
                    + 3 * picks.length)
                / PARTS_OF_AN_ENTRY
            + 2 * pickedTexts;
  }

  GoldCell(GoldLayout.Names names, String key, long windowStart, long windowEnd) {
    this(names);
    this.key = key;
    this.windowStart = windowStart;
    this.windowEnd = windowEnd;
    this.keyCount = 1;
  }

  /** Adds an event; the layout is that of this cell's names. */
  void add(EventRecord event, GoldLayout layout) {
    eventCount++;
    for (int i = 0; i < sumCounts.length; i++) {
      double value = layout.sums[i].of(event);
      if (!Double.isNaN(value)) {
        sumCounts[i]++;
        WideSum.add(sums, i, value);
      }
    }
    for (int i = 0; i < min.length; i++) {
      double value = layout.extremes[i].of(event);
      if (!Double.isNaN(value)) {
        min[i] = Math.min(min[i], value);
        max[i] = Math.max(max[i], value);
      }
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += Double.isNaN(layout.counts[i].of(event)) ? 0 : 1;
    }
    for (int i = 0; i < vectorCounts.length; i++) {
      addVector(i, layout.speeds[i].of(event), layout.directions[i].of(event));
    }
    for (int i = 0; i < texts.length; i++) {
      Text text = GoldLayout.text(layout.texts[i], event);
      if (text != null) {
        texts[i].add(text.value, 1);
      }
    }
    for (int i = 0; i < picks.length; i++) {
      layout.picks[i].offer(event, picks[i]);
    }
  }

  private void addVector(int i, double speed, double direction) {
    if (Double.isNaN(speed) || Double.isNaN(direction)) {
      return;
    }
    double degrees = CompassPoint.isDirection(direction) ? direction : turned(direction);
    CompassPoint point = CompassPoint.ofDegrees(degrees);
    vectorCounts[i]++;
    WideSum.add(eastSums, i, speed * point.east(degrees));
    WideSum.add(northSums, i, speed * point.north(degrees));
  }

  private static double turned(double degrees) {
    double rest = degrees % 360;
    return rest < 0 ? rest + 360 : rest;
  }

  /** Adds another part of the same window, of the same names; keys are the caller's to count. */
  void add(GoldCell part) {
    windowStart = part.windowStart;
    windowEnd = part.windowEnd;
    eventCount += part.eventCount;
    for (int i = 0; i < sumCounts.length; i++) {
      sumCounts[i] += part.sumCounts[i];
      WideSum.add(sums, i, part.sums[2 * i], part.sums[2 * i + 1]);
    }
    for (int i = 0; i < min.length; i++) {
      min[i] = Math.min(min[i], part.min[i]);
      max[i] = Math.max(max[i], part.max[i]);
    }
    for (int i = 0; i < counts.length; i++) {
      counts[i] += part.counts[i];
    }
    for (int i = 0; i < vectorCounts.length; i++) {
      vectorCounts[i] += part.vectorCounts[i];
      WideSum.add(eastSums, i, part.eastSums[2 * i], part.eastSums[2 * i + 1]);
      WideSum.add(northSums, i, part.northSums[2 * i], part.northSums[2 * i + 1]);
    }
    for (int i = 0; i < texts.length; i++) {
      texts[i].add(part.texts[i]);
    }
    for (int i = 0; i < picks.length; i++) {
      picks[i].offer(part.picks[i]);
    }
    if (!part.incomplete.isEmpty()) {
      Set<String> both = new LinkedHashSet<>(incomplete);
      both.addAll(part.incomplete);
      incomplete = both;
    }
  }

  @Override
  public GoldCell toCell(GoldLayout.Names wanted) {
    if (wanted.equals(names)) {
      return this;
    }
    GoldCell cell = new GoldCell(wanted);
    cell.key = key;
    cell.windowStart = windowStart;
    cell.windowEnd = windowEnd;
    cell.eventCount = eventCount;
    cell.keyCount = keyCount;
    copy(wanted.sums(), names.sums(), (to, from) -> copySum(cell, to, from));
    copy(wanted.extremes(), names.extremes(), (to, from) -> copyExtremes(cell, to, from));
    copy(wanted.counts(), names.counts(), (to, from) -> cell.counts[to] = counts[from]);
    copy(wanted.vectors(), names.vectors(), (to, from) -> copyVector(cell, to, from));
    copy(wanted.texts(), names.texts(), (to, from) -> cell.texts[to].add(texts[from]));
    copy(wanted.picks(), names.picks(), (to, from) -> cell.picks[to].offer(picks[from]));
    Set<String> missing = new LinkedHashSet<>(incomplete);
    missing.addAll(wanted.without(names));
    cell.incomplete = eventCount == 0 ? Set.of() : missing;
    return cell;
  }

  private interface Copy {
    void copy(int to, int from);
  }

  private static void copy(List<String> wanted, List<String> known, Copy copy) {
    int[] places = GoldLayout.places(wanted, known);
    for (int to = 0; to < places.length; to++) {
      if (places[to] >= 0) {
        copy.copy(to, places[to]);
      }
    }
  }

  private void copySum(GoldCell cell, int to, int from) {
    cell.sumCounts[to] = sumCounts[from];
    WideSum.add(cell.sums, to, sums[2 * from], sums[2 * from + 1]);
  }

  private void copyExtremes(GoldCell cell, int to, int from) {
    cell.min[to] = min[from];
    cell.max[to] = max[from];
  }

  private void copyVector(GoldCell cell, int to, int from) {
    cell.vectorCounts[to] = vectorCounts[from];
    WideSum.add(cell.eastSums, to, eastSums[2 * from], eastSums[2 * from + 1]);
    WideSum.add(cell.northSums, to, northSums[2 * from], northSums[2 * from + 1]);
  }

  /** Notes that the window had begun before its path of gold was there. */
  void beganBefore() {
    incomplete = Set.of(EVERYTHING);
  }

  /**
   * Whether a part knows of all the window's events.
   *
   * @param part empty for the number of events and of keys
   */
  boolean isComplete(String part) {
    return incomplete.isEmpty() || !(incomplete.contains(part) || incomplete.contains(EVERYTHING));
  }

  /** Its size, in entries of about 250 bytes: what bounds a combiner's memory. */
  int weight() {
    int count = ownWeight;
    for (TextCounts counted : texts) {
      count += counted.size();
    }
    return count;
  }

  /** Texts of events that are not among those that count. */
  long uncountedTexts() {
    long uncounted = 0;
    for (TextCounts counted : texts) {
      uncounted += counted.uncounted();
    }
    return uncounted;
  }

  /**
   * The direction of a vector's sum in degrees, 0 to 360; NaN when it is calm or the vectors
   * cancel.
   */
  double meanDirection(int vector) {
    double east = FixedPoint.toDouble(WideSum.millionths(eastSums, vector));
    double north = FixedPoint.toDouble(WideSum.millionths(northSums, vector));
    if (Math.hypot(east, north) <= FixedPoint.toDouble((double) vectorCounts[vector])) {
      // Under a millionth of a unit: the rounding of the terms, not a wind.
      return Double.NaN;
    }
    double degrees = Math.toDegrees(Math.atan2(east, north));
    // Adding 360 to a tiny negative angle gives 360 itself.
    return degrees < 0 ? (degrees + 360) % 360 : degrees;
  }
}
