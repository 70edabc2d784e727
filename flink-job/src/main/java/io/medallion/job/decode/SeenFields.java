package io.medallion.job.decode;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which fields an event has had so far. One instance a thread, and a decoder. */
final class SeenFields {

  private final Contract contract;

  /** By slot, by field and by object: the event that had it last. */
  private final long[] slots;

  private final long[] fields;

  /** By field: which of its places the event has it at, so far. */
  private final int[] places;

  private final long[] objects;
  private final int required;
  private long event;
  private int requiredSeen;

  SeenFields(FieldTree tree) {
    contract = tree.contract();
    slots = new long[tree.size()];
    objects = new long[tree.objects()];
    fields = new long[contract.fields().size()];
    places = new int[fields.length];
    required = (int) contract.fields().stream().filter(Field::required).count();
  }

  /** Begins with another event. */
  void start() {
    event++;
    requiredSeen = 0;
  }

  /**
   * Notes that a field's value is there.
   *
   * @return whether no place is preferred to this one among those that had it before
   */
  boolean isPreferred(Slot slot) {
    int field = slot.fieldIndex();
    boolean isFirst = fields[field] != event;
    boolean isPreferred = isFirst || slot.placeRank() < places[field];
    if (isPreferred) {
      places[field] = slot.placeRank();
    }
    add(slot);
    return isPreferred;
  }

  /** Notes a member; false if it, or its field under another name, was there before. */
  boolean add(Slot slot) {
    boolean isNew = slots[slot.id()] != event;
    slots[slot.id()] = event;
    if (slot.isField()) {
      isNew &= fields[slot.fieldIndex()] != event;
      if (fields[slot.fieldIndex()] != event) {
        fields[slot.fieldIndex()] = event;
        requiredSeen += slot.isRequired() ? 1 : 0;
      }
    }
    return isNew;
  }

  /** Notes an object within the body; false if it was there before. */
  boolean enter(FieldTree.Node object) {
    boolean isNew = objects[object.id] != event;
    objects[object.id] = event;
    return isNew;
  }

  boolean areEnough() {
    return requiredSeen == required;
  }

  /** The names of the required fields that were not there. */
  String missing() {
    return IntStream.range(0, fields.length)
        .filter(i -> fields[i] != event)
        .mapToObj(contract.fields()::get)
        .filter(Field::required)
        .map(field -> field.paths().get(0).toString())
        .collect(Collectors.joining(", "));
  }
}
