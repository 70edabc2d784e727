package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.contract.TimeFormat;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.rules.RangeCheck;
import io.medallion.job.rules.Rules;
import java.util.Arrays;

/**
 * Decodes ordinary valid events in one pass over their bytes, several times as fast as {@link
 * JsonEventDecoder}, and hands every other body to that.
 *
 * <p>It knows known fields in any order, white space, texts without escapes, numbers without
 * exponents and the usual times. It rejects nothing by itself: where a body is anything else,
 * whether good or bad, the strict decoder starts over and alone decides. What is accepted here has
 * the same values that the strict one would give it.
 *
 * <p>One instance a thread. Of an event only its id is allocated, and texts not seen lately.
 */
final class FastEventDecoder implements EventDecoder {

  private final FieldTree tree;
  private final int values;
  private final TimeFormat timeFormat;
  private final RangeCheck ranges;
  private final EventDecoder strict;
  private final SeenFields seen;
  private final TextCache texts = new TextCache();
  private final JsonCursor json = new JsonCursor();
  private final FastValues fields;

  FastEventDecoder(Rules rules) {
    EventForm event = rules.contract().event();
    this.tree = new FieldTree(rules.contract());
    this.values = rules.contract().valueCount();
    this.timeFormat = event.timeFormat();
    this.fields = new FastValues(json, texts, event);
    this.ranges = rules.rangeCheck();
    this.strict = new JsonEventDecoder(rules, tree);
    this.seen = new SeenFields(tree);
  }

  @Override
  public void decode(byte[] body, EventRecord record) {
    if (!tryDecode(body, record)) {
      strict.decode(body, record);
    }
  }

  /** Whether the event was an ordinary one; if not, the record holds nothing of use. */
  boolean tryDecode(byte[] body, EventRecord record) {
    if (body == null || body.length > EventLimits.BODY_BYTES) {
      return false;
    }
    record.clearDecoded(values);
    json.start(body);
    seen.start();
    if (!json.take('{')
        || !readMembers(tree.root(), body, record)
        || !json.atEnd()
        || !seen.areEnough()) {
      return false;
    }
    ranges.check(record);
    return record.isValid();
  }

  /** Reads the members of an object, and its end. */
  private boolean readMembers(FieldTree.Node object, byte[] body, EventRecord record) {
    FieldTree.Node member = null;
    do {
      member = json.member(object, member);
      if (member == null) {
        return false;
      }
      if (member.slot == null) {
        if (!json.take('{') || !seen.enter(member) || !readMembers(member, body, record)) {
          return false;
        }
      } else if (!seen.add(member.slot) || !readValue(member, body, record)) {
        return false;
      }
    } while (json.take(','));
    return json.take('}');
  }

  private boolean readValue(FieldTree.Node member, byte[] body, EventRecord record) {
    Slot slot = member.slot;
    if (member.isLenient && slot.hasRole()) {
      return false;
    }
    if (json.text()) {
      return readText(slot, body, json.textStart(), json.textEnd(), record);
    }
    return slot.hasRole() ? readRole(slot, record) : fields.readValue(slot, body, record);
  }

  /** Reads a value that is no text. */
  private boolean readRole(Slot slot, EventRecord record) {
    boolean isTimeAlone = slot.isTime() && !slot.isField() && !slot.isGroup() && !slot.isId();
    return isTimeAlone && readEpoch(slot, record);
  }

  private boolean readEpoch(Slot slot, EventRecord record) {
    long time = fields.epoch(timeFormat);
    if (time < 0) {
      return false;
    }
    setTime(slot, time, record);
    return true;
  }

  private static void setTime(Slot slot, long time, EventRecord record) {
    if (slot.timeRank() < record.timeRank) {
      record.eventTime = time;
      record.timeRank = slot.timeRank();
      record.tellsTime = true;
    }
  }

  /** Whether the text is one for all that the slot is meant for. */
  private boolean readText(Slot slot, byte[] body, int start, int end, EventRecord record) {
    if (slot.isField() && !fields.readText(slot, body, start, end, record)) {
      return false;
    }
    if (slot.isGroup() && !readGroup(slot, body, start, end, record)) {
      return false;
    }
    if (slot.isTime()) {
      long time = fields.time(timeFormat, body, start, end);
      if (time < 0) {
        return false;
      }
      setTime(slot, time, record);
    }
    return !slot.isId() || readId(slot, body, start, end, record);
  }

  private boolean readGroup(Slot slot, byte[] body, int start, int end, EventRecord record) {
    Text group = texts.get(body, start, end);
    if (group == null || start == end) {
      return false;
    }
    if (slot.keyPart() >= 0) {
      record.setKeyPart(slot.keyPart(), group);
    }
    if (slot.groupRank() < record.groupRank) {
      record.group = group;
      record.groupRank = slot.groupRank();
    }
    return true;
  }

  private static boolean readId(Slot slot, byte[] body, int start, int end, EventRecord record) {
    if (start == end) {
      return true;
    }
    // Whether one that begins with a blank is all blank, the other decoder finds out.
    if (body[start] == ' ' || !TextRules.isPlainAscii(body, start, end)) {
      return false;
    }
    if (slot.idRank() < record.idRank) {
      // Not cached: each is another.
      record.eventId = Arrays.copyOfRange(body, start, end);
      record.idRank = slot.idRank();
    }
    return true;
  }
}
