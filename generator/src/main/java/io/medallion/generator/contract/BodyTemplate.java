package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.ElementName;
import io.medallion.contract.JsonPath;
import io.medallion.generator.event.ByteWriter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The objects of a body, within each other, with room for values. An object without a value is left
 * out, but for the outermost.
 */
final class BodyTemplate {

  private static final byte[] EMPTY = "{}".getBytes(UTF_8);
  private static final byte[] NULL = "null".getBytes(UTF_8);

  /** Of an element, as a name of a path; an array has no more places than that. */
  private static final Pattern PLACE = Pattern.compile("0|[1-9][0-9]?");

  /** The values of an event. */
  @FunctionalInterface
  interface Values {

    /** Writes the value of a leaf; false, and nothing, if the event has none. */
    boolean write(int leaf, ByteWriter out);
  }

  /** A member of an object: a leaf, or members of its own. */
  private static final class Member {
    private static final int NO_LEAF = -1;

    private final byte[] nameAndColon;
    private final int leaf;

    /** Of an element of an array that one of its values tells: the beginning, with that. */
    private final byte[] telling;

    private final Map<String, Member> members = new LinkedHashMap<>();

    /**
     * Of an array, what is at each of its places, null for nothing; null of an object. Where one
     * element is told by its value, all members are elements: those told by their places are there,
     * and others around them.
     */
    private List<Member> elements;

    /** Whether elements have to be at their places. */
    private boolean keepsPlaces;

    Member(String name, int leaf) {
      this.nameAndColon = (new String(Words.json(name), UTF_8) + ":").getBytes(UTF_8);
      this.leaf = leaf;
      this.telling =
          ElementName.parse(name)
              .map(element -> "{%s:%s".formatted(json(element.member()), json(element.value())))
              .map(beginning -> beginning.getBytes(UTF_8))
              .orElse(null);
    }

    private static String json(String text) {
      return new String(Words.json(text), UTF_8);
    }

    /** Notes what is an array, here and within. */
    private void arrange() {
      members.values().forEach(Member::arrange);
      Deque<Member> told = new ArrayDeque<>();
      Map<Integer, Member> placed = new TreeMap<>();
      members.forEach(
          (name, member) -> {
            if (member.telling != null) {
              told.add(member);
            } else if (PLACE.matcher(name).matches()) {
              placed.put(Integer.valueOf(name), member);
            }
          });
      if (told.isEmpty()) {
        return;
      }
      keepsPlaces = !placed.isEmpty();
      elements = new ArrayList<>();
      while (!told.isEmpty() || !placed.isEmpty()) {
        Member here = placed.remove(elements.size());
        elements.add(here == null ? told.poll() : here);
      }
    }

    Member object(String name) {
      return members.computeIfAbsent(name, inner -> new Member(inner, NO_LEAF));
    }
  }

  private final Member root = new Member("", Member.NO_LEAF);
  private final Member data;

  /**
   * @param paths of the leaves, none of them within another one
   * @param envelope where the data is in it; empty if the body is that
   */
  BodyTemplate(List<JsonPath> paths, Optional<JsonPath> envelope) {
    for (int leaf = 0; leaf < paths.size(); leaf++) {
      List<String> names = paths.get(leaf).names();
      int last = names.size() - 1;
      Member object = root;
      for (String name : names.subList(0, last)) {
        object = object.object(name);
      }
      object.members.put(names.get(last), new Member(names.get(last), leaf));
    }
    Member inner = root;
    for (String name : envelope.map(JsonPath::names).orElse(List.of())) {
      inner = inner.object(name);
    }
    data = inner;
    root.arrange();
  }

  /** The names in the outermost object, in their order. */
  Set<String> names() {
    return root.members.keySet();
  }

  void write(Values values, ByteWriter out) {
    if (!writeMembers(root, values, null, out)) {
      out.put(EMPTY);
    }
  }

  /** Writes the data alone. */
  void writeData(Values values, ByteWriter out) {
    if (!writeMembers(data, values, null, out)) {
      out.put(EMPTY);
    }
  }

  /**
   * Writes the body with something else in place of the data.
   *
   * @param packed JSON, unless the body is the data
   */
  void writeAround(byte[] packed, Values values, ByteWriter out) {
    if (data == root) {
      out.put(packed);
    } else {
      writeMembers(root, values, packed, out);
    }
  }

  /** Writes an object; false, and nothing, if it has no member. */
  private boolean writeMembers(Member object, Values values, byte[] packed, ByteWriter out) {
    int start = out.length();
    if (object.elements != null) {
      return writeElements(object, values, packed, out);
    }
    byte before = (byte) (object.telling == null ? '{' : ',');
    if (object.telling != null) {
      out.put(object.telling);
    }
    int empty = out.length();
    for (Member member : object.members.values()) {
      int memberStart = out.length();
      out.put(before);
      out.put(member.nameAndColon);
      if (writeMember(member, values, packed, out)) {
        before = (byte) ',';
      } else {
        out.cutTo(memberStart);
      }
    }
    if (out.length() == empty) {
      out.cutTo(start);
      return false;
    }
    out.put((byte) '}');
    return true;
  }

  /** Writes an array; false, and nothing, if it has no element. */
  private boolean writeElements(Member array, Values values, byte[] packed, ByteWriter out) {
    int start = out.length();
    boolean isEmpty = true;
    byte before = (byte) '[';
    for (Member element : array.elements) {
      int elementStart = out.length();
      out.put(before);
      if (element != null && writeMember(element, values, packed, out)) {
        isEmpty = false;
      } else if (array.keepsPlaces) {
        out.put(NULL);
      } else {
        out.cutTo(elementStart);
        continue;
      }
      before = (byte) ',';
    }
    if (isEmpty) {
      out.cutTo(start);
      return false;
    }
    out.put((byte) ']');
    return true;
  }

  private boolean writeMember(Member member, Values values, byte[] packed, ByteWriter out) {
    if (packed != null && member == data) {
      out.put(packed);
      return true;
    }
    return member.leaf == Member.NO_LEAF
        ? writeMembers(member, values, packed, out)
        : values.write(member.leaf, out);
  }
}
