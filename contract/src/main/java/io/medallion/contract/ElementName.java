package io.medallion.contract;

import java.util.Optional;

/**
 * A name for elements of arrays by one of their values, such as {@code [name=temp]}: the object in
 * the array whose {@code name} is {@code temp}.
 *
 * @param member whose value tells the element
 * @param value the text of a scalar
 */
public record ElementName(String member, String value) {

  /** Empty if the name is none of an element. */
  public static Optional<ElementName> parse(String name) {
    int equals = name.indexOf('=');
    return isBracketed(name) && equals > 1
        ? Optional.of(
            new ElementName(
                name.substring(1, equals), name.substring(equals + 1, name.length() - 1)))
        : Optional.empty();
  }

  /** Whether the name looks as one of an element does. */
  static boolean isBracketed(String name) {
    return name.startsWith("[") && name.endsWith("]");
  }
}
