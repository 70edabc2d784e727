package io.medallion.generator.contract;

import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.noise.Hash;
import java.util.Optional;
import java.util.Set;

/**
 * A place in the body where a value is.
 *
 * @param field that is there; empty if there is none
 * @param roles that the value is taken for
 * @param isOptional whether some events have none
 * @param salt unique among the leaves of an event
 */
record Leaf(
    JsonPath path,
    Optional<Field> field,
    Set<Role> roles,
    ValueMaker maker,
    boolean isOptional,
    long salt) {

  /** Of so many events, one has no value of an optional field. */
  private static final int ABSENT_SHARE = 8;

  Leaf {
    roles = Set.copyOf(roles);
  }

  /** Writes the event's value; false, and nothing, if it has none. */
  boolean write(Moment moment, ByteWriter out) {
    if (isIn(moment)) {
      maker.write(moment, out);
      return true;
    }
    Optional<String> missing =
        field.stream().flatMap(there -> there.form().missing().written().stream()).findFirst();
    boolean isThere = missing.isPresent() && Hash.index(moment.ofEvent(salt + 2), 2) == 0;
    if (isThere) {
      out.put(Present.json(missing.get()));
    }
    return isThere;
  }

  /** Whether the event has a value there; else it may have one that stands for none. */
  boolean isIn(Moment moment) {
    return !isOptional || Hash.index(moment.ofEvent(salt + 1), ABSENT_SHARE) > 0;
  }
}
