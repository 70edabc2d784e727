package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.ElementName;
import io.medallion.contract.JsonPath;
import io.medallion.generator.event.ByteWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The objects of a body, within each other, with room for values. An object without a value is left
 * out, but for the outermost.
 */
final class BodyTemplate {

  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

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

    private boolean isArray() {
      return members.values().stream().anyMatch(member -> member.telling != null);
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
    if (object.isArray()) {
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
    byte before = (byte) '[';
    for (Member element : array.members.values()) {
      int elementStart = out.length();
      out.put(before);
      if (element.telling != null && writeMember(element, values, packed, out)) {
        before = (byte) ',';
      } else {
        out.cutTo(elementStart);
      }
    }
    if (out.length() == start) {
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
