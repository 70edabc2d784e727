package io.medallion.job.decode;

import io.medallion.contract.ElementName;
import java.util.HashMap;
import java.util.Map;

/**
 * The names that a contract has for elements of an array by one of their values; see {@link
 * ElementName}. An element costs one walk over its members, however many names there are.
 */
public final class ElementNames {

  /**
   * A name as the contract writes it.
   *
   * @param rank names that were added before have lower ones
   */
  private record Name(String written, int rank) {}

  /** By the member whose value tells an element, then by that value. */
  private final Map<String, Map<String, Name>> byMember = new HashMap<>();

  private int size;

  /** Adds a name, unless it is none of an element. */
  public void add(String name) {
    ElementName.parse(name)
        .ifPresent(
            parts ->
                byMember
                    .computeIfAbsent(parts.member(), unused -> new HashMap<>())
                    .putIfAbsent(parts.value(), new Name(name, size++)));
  }

  boolean isEmpty() {
    return byMember.isEmpty();
  }

  /**
   * Which of the names an object has.
   *
   * @param body JSON that is well-formed up to the object
   * @param object where it begins
   * @return of several the one that was added first; null if none
   */
  public String of(byte[] body, int object) {
    JsonScanner json = new JsonScanner(body);
    Name found = null;
    int open = byMember.size();
    for (int at = json.firstMember(object);
        at != JsonScanner.NONE && open > 0;
        at = json.nextMember(at)) {
      Map<String, Name> byValue = byMember.get(json.text(at));
      if (byValue != null) {
        open--;
        Name name = byValue.get(json.text(json.valueOf(at)));
        found = name != null && (found == null || name.rank() < found.rank()) ? name : found;
      }
    }
    return found == null ? null : found.written();
  }
}
