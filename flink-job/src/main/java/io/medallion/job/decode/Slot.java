package io.medallion.job.decode;

import static io.medallion.job.event.EventRecord.NOWHERE;

import io.medallion.contract.Field;
import io.medallion.job.event.EventRecord;

/**
 * A place in a body whose value matters: that of a field, of the key, the time or the id, or of
 * several of them.
 *
 * @param id from 0 on, unique in the tree; −1 before it is in one
 * @param path for people
 * @param fieldIndex of {@code field} in its contract; −1 without
 * @param field null without
 * @param placeRank which of the places that the field may be at it is; 0 without a field
 * @param groupRank the place in the contract's order of origins; {@link EventRecord#NOWHERE} if the
 *     key does not come from here
 * @param keyPart which part of a joined key it is, from 0 on; −1 if none
 * @param timeRank the same of the time
 * @param idRank the same of the id
 */
record Slot(
    int id,
    String path,
    int fieldIndex,
    Field field,
    int placeRank,
    int groupRank,
    int keyPart,
    int timeRank,
    int idRank) {

  /** Of a field. */
  static Slot ofField(String path, int fieldIndex, Field field, int placeRank) {
    return new Slot(-1, path, fieldIndex, field, placeRank, NOWHERE, -1, NOWHERE, NOWHERE);
  }

  static Slot ofGroup(String path, int rank) {
    return new Slot(-1, path, -1, null, 0, rank, -1, NOWHERE, NOWHERE);
  }

  static Slot ofKeyPart(String path, int part) {
    return new Slot(-1, path, -1, null, 0, NOWHERE, part, NOWHERE, NOWHERE);
  }

  static Slot ofTime(String path, int rank) {
    return new Slot(-1, path, -1, null, 0, NOWHERE, -1, rank, NOWHERE);
  }

  static Slot ofId(String path, int rank) {
    return new Slot(-1, path, -1, null, 0, NOWHERE, -1, NOWHERE, rank);
  }

  /** What both are meant for, at the same place; of fields there is one at most. */
  Slot and(Slot other) {
    return new Slot(
        id,
        path,
        Math.max(fieldIndex, other.fieldIndex),
        field == null ? other.field : field,
        Math.max(placeRank, other.placeRank),
        Math.min(groupRank, other.groupRank),
        Math.max(keyPart, other.keyPart),
        Math.min(timeRank, other.timeRank),
        Math.min(idRank, other.idRank));
  }

  Slot numbered(int number) {
    return new Slot(
        number, path, fieldIndex, field, placeRank, groupRank, keyPart, timeRank, idRank);
  }

  boolean isField() {
    return field != null;
  }

  /** Whether it is the key, or a part of it. */
  boolean isGroup() {
    return groupRank != NOWHERE || keyPart >= 0;
  }

  boolean isTime() {
    return timeRank != NOWHERE;
  }

  boolean isId() {
    return idRank != NOWHERE;
  }

  /** Whether it is the key, the time or the id, or a part of one. */
  boolean hasRole() {
    return isGroup() || isTime() || isId();
  }

  /** Whether the field may be somewhere else instead: then a null here says nothing. */
  boolean hasOtherPlace() {
    return field != null && field.paths().size() > 1;
  }

  /** Whether the field's value is in the JSON type of its own, or in quotes. */
  boolean isPlain() {
    return field == null || field.form().isPlain();
  }

  /** Whether an event without a value here is rejected for it, if the field has no other place. */
  boolean isRequired() {
    return field != null && field.required();
  }
}
