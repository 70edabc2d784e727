package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.contract.ElementName;
import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** The places in a body whose values matter, by the names that lead to them. */
final class FieldTree {

  /**
   * A member of an object: it has a value that matters, or members that lead to some.
   *
   * <p>Its name, and the quote after it, as two words of the bytes that may overlap; of a name of
   * less than eight bytes with the quote, the upper bytes are masked out.
   */
  static final class Node {
    final byte[] quotedName;

    /** Null if there are only members. */
    final Slot slot;

    /** Whether the value may come in another JSON type than its own, or be missing by it. */
    final boolean isLenient;

    final Map<String, Node> members = new HashMap<>();

    /** The names of members that are elements of an array by a value. */
    final ElementNames elements = new ElementNames();

    /** Of such an element: the member with that value; else null. */
    final String tellingMember;

    private Node[] list = {};

    /** Whether it is in a body as it is: JSON would escape a quote, for one. */
    private final boolean isPlain;

    private final long mask;
    private final long head;
    private final long tail;

    /** The member that came first in this object in the event before. */
    private Node first;

    /** The member that came after this one, in the object that both are in. */
    private Node next;

    /** Of an object: from 0 on, unique in the tree. */
    final int id;

    /**
     * What stands before the names of its members where a contract names them from the event on;
     * null in an envelope.
     */
    final String prefix;

    private Node(String name, Slot slot, int id, String prefix) {
      this.slot = slot;
      this.isLenient = slot != null && !slot.isPlain();
      this.id = id;
      this.prefix = prefix;
      tellingMember = ElementName.parse(name).map(ElementName::member).orElse(null);
      quotedName = (name + '"').getBytes(UTF_8);
      int length = quotedName.length;
      byte[] padded = Arrays.copyOf(quotedName, Math.max(length, Long.BYTES));
      mask = length >= Long.BYTES ? -1L : (1L << (length * Byte.SIZE)) - 1;
      isPlain = name.chars().noneMatch(c -> c < ' ' || c == '"' || c == '\\');
      head = Words.at(padded, 0);
      tail = Words.at(padded, padded.length - Long.BYTES);
    }

    /** Whether the name, and a quote after it, is there in the bytes. */
    private boolean isAt(byte[] bytes, int at) {
      int length = quotedName.length;
      if (!isPlain
          || at + Math.max(length, Long.BYTES) > bytes.length
          || (Words.at(bytes, at) & mask) != head) {
        return false;
      }
      if (length <= Long.BYTES) {
        return true;
      }
      return Words.at(bytes, at + length - Long.BYTES) == tail
          && (length <= 2 * Long.BYTES
              || Arrays.equals(bytes, at, at + length, quotedName, 0, length));
    }

    /**
     * The member whose name, and a quote after it, is there in the bytes; or null.
     *
     * @param before the member before it; null for the first one
     */
    Node memberAt(byte[] bytes, int at, Node before) {
      Node likely = before == null ? first : before.next;
      if (likely != null && likely.isAt(bytes, at)) {
        return likely;
      }
      for (Node member : list) {
        if (member.isAt(bytes, at)) {
          if (before == null) {
            first = member;
          } else {
            before.next = member;
          }
          return member;
        }
      }
      return null;
    }

    private Node add(String name, Slot memberSlot, int memberId, String memberPrefix) {
      Node member = new Node(name, memberSlot, memberId, memberPrefix);
      members.put(name, member);
      elements.add(name);
      list = members.values().toArray(new Node[0]);
      return member;
    }
  }

  private final Contract contract;
  private final List<String> data;
  private final Node root;
  private int objects = 1;
  private int slots;

  FieldTree(Contract contract) {
    this.contract = contract;
    data = contract.event().data().map(JsonPath::names).orElse(List.of());
    root = new Node("", null, 0, data.isEmpty() ? "" : null);
    Map<JsonPath, Slot> byPath = new LinkedHashMap<>();
    for (int i = 0; i < contract.fields().size(); i++) {
      Field field = contract.fields().get(i);
      for (JsonPath path : field.paths()) {
        byPath.put(path, Slot.ofField(path.toString(), i, field, field.paths().indexOf(path)));
      }
    }
    addOrigins(byPath, contract.event().key().from(), Slot::ofGroup);
    List<JsonPath> parts = KeyJoin.partsInBody(contract.event().key());
    for (int i = 0; i < parts.size(); i++) {
      byPath.merge(parts.get(i), Slot.ofKeyPart(parts.get(i).toString(), i), Slot::and);
    }
    addOrigins(byPath, contract.event().timeFrom(), Slot::ofTime);
    addOrigins(byPath, contract.event().id().from(), Slot::ofId);
    byPath.forEach(
        (path, slot) -> {
          Node node = root;
          List<String> names = path.names();
          int last = names.size() - 1;
          for (int i = 0; i < last; i++) {
            Node member = node.members.get(names.get(i));
            node =
                member == null
                    ? node.add(names.get(i), null, objects++, prefix(names.subList(0, i + 1)))
                    : member;
          }
          node.add(names.get(last), slot.numbered(slots++), 0, null);
        });
  }

  private static void addOrigins(
      Map<JsonPath, Slot> byPath,
      List<Origin> origins,
      BiFunction<String, Integer, Slot> slotOfRank) {
    for (int rank = 0; rank < origins.size(); rank++) {
      if (origins.get(rank) instanceof Origin.InField from) {
        Slot slot = slotOfRank.apply(from.path().toString(), rank);
        byPath.merge(from.path(), slot, Slot::and);
      }
    }
  }

  /** Of the object that the names lead to. */
  private String prefix(List<String> names) {
    if (names.size() < data.size() || !names.subList(0, data.size()).equals(data)) {
      return null;
    }
    List<String> below = names.subList(data.size(), names.size());
    return below.isEmpty() ? "" : new JsonPath(below).pointer() + "/";
  }

  Contract contract() {
    return contract;
  }

  /** The body's object. */
  Node root() {
    return root;
  }

  /** How many objects with known members a body may have, itself included. */
  int objects() {
    return objects;
  }

  /** How many slots there are. */
  int size() {
    return slots;
  }
}
