package io.medallion.contract;

import java.util.Arrays;
import java.util.List;

/**
 * Values in a body that stand for something else, as {@code -999} for no value: texts, and numbers,
 * which are meant both as numbers and as texts.
 */
public final class Literals {

  private final List<String> written;
  private final double[] numbers;

  Literals(List<String> written) {
    this.written = List.copyOf(written);
    this.numbers =
        this.written.stream().filter(YamlNode::isNumber).mapToDouble(Double::parseDouble).toArray();
  }

  /** As they are written in the contract. */
  public List<String> written() {
    return written;
  }

  /** Whether one of them is a number, which needs no quotes. */
  public static boolean isNumber(String literal) {
    return YamlNode.isNumber(literal);
  }

  public boolean isEmpty() {
    return written.isEmpty();
  }

  /** Whether the text is one of them, letter by letter. */
  public boolean hasText(String text) {
    return written.contains(text);
  }

  /** Whether the number is one of them, however it is written. */
  public boolean hasNumber(double number) {
    for (double other : numbers) {
      if (other == number) {
        return true;
      }
    }
    return false;
  }

  /** Whether a value of the body may be both one of these and one of those. */
  boolean overlaps(Literals others) {
    return written.stream().anyMatch(others::hasText)
        || Arrays.stream(numbers).anyMatch(others::hasNumber);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Literals literals && literals.written.equals(written);
  }

  @Override
  public int hashCode() {
    return written.hashCode();
  }

  @Override
  public String toString() {
    return written.toString();
  }
}
