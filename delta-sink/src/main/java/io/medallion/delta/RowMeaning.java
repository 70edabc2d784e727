package io.medallion.delta;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;

/**
 * What the rows of a table mean, beyond their columns. A sink keeps it in the table's properties,
 * and writes only to a table whose rows mean the same, or something that goes with it.
 */
public interface RowMeaning extends Serializable {

  /** Says nothing, and goes with everything. */
  RowMeaning NONE =
      new RowMeaning() {
        private static final long serialVersionUID = 1L;

        @Override
        public Map<String, String> properties(Map<String, String> ofTable) {
          return Map.of();
        }

        @Override
        public Optional<String> conflict(Map<String, String> ofTable) {
          return Optional.empty();
        }
      };

  /**
   * The properties in which the table is to have this meaning. Others stay as they are.
   *
   * @param ofTable all properties that the table has; none if it is about to be created
   */
  Map<String, String> properties(Map<String, String> ofTable);

  /**
   * Why rows of this meaning can't be added to the table; empty if they can.
   *
   * @param ofTable all properties that the table has
   */
  Optional<String> conflict(Map<String, String> ofTable);
}
