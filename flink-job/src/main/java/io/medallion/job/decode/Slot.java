package io.medallion.job.decode;

import io.medallion.contract.Field;
import io.medallion.job.event.EventRecord;

/**
 * A place in a body whose value matters: that of a field, of the key, the time or the id, or of
 * several of them.
 *
 * @param id from 0 on, unique in the tree
 * @param path for people
 * @param fieldIndex of {@code field} in its contract; −1 without
 * @param field null without
 * @param groupRank the place in the contract's order of origins; {@link EventRecord#NOWHERE} if the
 *     key does not come from here
 * @param timeRank the same of the time
 * @param idRank the same of the id
 */
record Slot(
    int id, String path, int fieldIndex, Field field, int groupRank, int timeRank, int idRank) {

  boolean isField() {
    return field != null;
  }

  boolean isGroup() {
    return groupRank != EventRecord.NOWHERE;
  }

  boolean isTime() {
    return timeRank != EventRecord.NOWHERE;
  }

  boolean isId() {
    return idRank != EventRecord.NOWHERE;
  }

  /** Whether the field may be somewhere else instead: then a null here says nothing. */
  boolean hasOtherPlace() {
    return field != null && field.paths().size() > 1;
  }

  /** Whether an event without a value here is rejected for it, if the field has no other place. */
  boolean isRequired() {
    return field != null && field.required();
  }
}
