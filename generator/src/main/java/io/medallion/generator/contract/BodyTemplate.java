package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.JsonPath;
import io.medallion.generator.event.ByteWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The objects of a body, within each other, with room for values. An object without a value is left
 * out, but for the outermost.
 */
final class BodyTemplate {

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
    private final Map<String, Member> members = new LinkedHashMap<>();

    Member(String name, int leaf) {
      this.nameAndColon = (new String(Words.json(name), UTF_8) + ":").getBytes(UTF_8);
      this.leaf = leaf;
    }
  }

  private final Member root = new Member("", Member.NO_LEAF);

  /**
   * @param paths of the leaves, none of them within another one
   */
  BodyTemplate(List<JsonPath> paths) {
    for (int leaf = 0; leaf < paths.size(); leaf++) {
      List<String> names = paths.get(leaf).names();
      int last = names.size() - 1;
      Member object = root;
      for (String name : names.subList(0, last)) {
        object = object.members.computeIfAbsent(name, inner -> new Member(inner, Member.NO_LEAF));
      }
      object.members.put(names.get(last), new Member(names.get(last), leaf));
    }
  }

  /** The names in the outermost object, in their order. */
  Set<String> names() {
    return root.members.keySet();
  }

  void write(Values values, ByteWriter out) {
    if (!writeMembers(root, values, out)) {
      out.putAscii("{}");
    }
  }

  /** Writes an object; false, and nothing, if it has no member. */
  private static boolean writeMembers(Member object, Values values, ByteWriter out) {
    int start = out.length();
    byte before = (byte) '{';
    for (Member member : object.members.values()) {
      int memberStart = out.length();
      out.put(before);
      out.put(member.nameAndColon);
      boolean isThere =
          member.leaf == Member.NO_LEAF
              ? writeMembers(member, values, out)
              : values.write(member.leaf, out);
      if (isThere) {
        before = (byte) ',';
      } else {
        out.cutTo(memberStart);
      }
    }
    if (out.length() == start) {
      return false;
    }
    out.put((byte) '}');
    return true;
  }
}
