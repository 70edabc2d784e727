package io.medallion.job.gold;

import io.medallion.contract.expressions.ValueType;
import io.medallion.job.event.EventRecord;
import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The value of a column in the first or the last of the events that have one.
 *
 * <p>Events are in the order of their times; those of one time in that of partition, offset and
 * place in the record. Of events whose offsets are of different Event Hubs, and the same, the value
 * decides. So which one is picked depends on nothing but the events.
 *
 * <p>A part's name is {@code last:temperature}; {@code lastWhole:} where the values are whole
 * numbers, booleans or instants, {@code lastText:} where they are texts.
 */
final class PickedValue {

  private static final String WHOLE = "Whole:";
  private static final String TEXT = "Text:";

  private final boolean isLast;
  private final boolean isText;

  private boolean isThere;
  private long time;
  private int partition;
  private long offset;
  private int index;

  /** A whole number, or the bits of a double. */
  private long number;

  private String text;

  private PickedValue(boolean isLast, boolean isText) {
    this.isLast = isLast;
    this.isText = isText;
  }

  /** Of a part, from no event. */
  static PickedValue of(String part) {
    return new PickedValue(part.startsWith("last"), isText(part));
  }

  static String name(boolean isLast, ValueType type, String column) {
    String kind =
        switch (type) {
          case STRING -> TEXT;
          case LONG, BOOLEAN, TIMESTAMP -> WHOLE;
          case DOUBLE -> ":";
        };
    return (isLast ? "last" : "first") + kind + column;
  }

  static String column(String part) {
    return part.substring(part.indexOf(':') + 1);
  }

  static boolean isText(String part) {
    return part.startsWith(TEXT, part.indexOf(':') + 1 - TEXT.length());
  }

  /** Takes the value of an event if it is the one. */
  void offer(EventRecord event, long itsNumber, String itsText) {
    offer(event.eventTime, event.partition, event.offset, event.index, itsNumber, itsText);
  }

  /** Takes over another part's value if it is the one. */
  void offer(PickedValue other) {
    if (other.isThere) {
      offer(other.time, other.partition, other.offset, other.index, other.number, other.text);
    }
  }

  private void offer(
      long itsTime,
      int itsPartition,
      long itsOffset,
      int itsIndex,
      long itsNumber,
      String itsText) {
    if (isThere) {
      int order = Long.compare(itsTime, time);
      if (order == 0) {
        order = comparePlace(itsPartition, itsOffset, itsIndex);
      }
      if (order == 0) {
        order = isText ? itsText.compareTo(text) : Long.compare(itsNumber, number);
      }
      if (isLast ? order <= 0 : order >= 0) {
        return;
      }
    }
    isThere = true;
    time = itsTime;
    partition = itsPartition;
    offset = itsOffset;
    index = itsIndex;
    number = itsNumber;
    text = itsText;
  }

  private int comparePlace(int itsPartition, long itsOffset, int itsIndex) {
    int order = Integer.compare(itsPartition, partition);
    if (order == 0) {
      order = Long.compare(itsOffset, offset);
    }
    return order == 0 ? Integer.compare(itsIndex, index) : order;
  }

  /** Whether any event had a value. */
  boolean isThere() {
    return isThere;
  }

  double asDouble() {
    return Double.longBitsToDouble(number);
  }

  long asLong() {
    return number;
  }

  String asText() {
    return text;
  }

  void write(DataOutputView out) throws IOException {
    out.writeBoolean(isThere);
    if (!isThere) {
      return;
    }
    out.writeLong(time);
    out.writeInt(partition);
    out.writeLong(offset);
    out.writeInt(index);
    if (isText) {
      GoldCellSerializer.writeText(text, out);
    } else {
      out.writeLong(number);
    }
  }

  void read(DataInputView in) throws IOException {
    isThere = in.readBoolean();
    if (!isThere) {
      return;
    }
    time = in.readLong();
    partition = in.readInt();
    offset = in.readLong();
    index = in.readInt();
    if (isText) {
      text = GoldCellSerializer.readText(in);
    } else {
      number = in.readLong();
    }
  }
}
