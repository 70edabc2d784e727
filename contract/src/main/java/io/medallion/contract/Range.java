package io.medallion.contract;

import java.io.Serializable;
import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers from {@code min} to {@code max}, both included. Written {@code -90..70}. */
public record Range(double min, double max) implements Serializable {

  private static final String NUMBER = "(-?\\d{1,9}(?:\\.\\d{1,9})?)";
  private static final Pattern TEXT = Pattern.compile(NUMBER + "\\.\\." + NUMBER);

  public Range {
    if (!(min < max)) {
      throw new IllegalArgumentException("%s is not below %s".formatted(min, max));
    }
  }

  /**
   * Reads a range as it is written.
   *
   * @throws IllegalArgumentException if it is not one, or the first number is not below the second
   */
  public static Range parse(String text) {
    Matcher numbers = TEXT.matcher(text);
    if (!numbers.matches()) {
      throw new IllegalArgumentException("'%s' is not as in '-90..70'".formatted(text));
    }
    return new Range(
        Double.parseDouble(numbers.group(1)) + 0.0, Double.parseDouble(numbers.group(2)) + 0.0);
  }

  /** Whether the number is within; not a number never is. */
  public boolean contains(double value) {
    return value >= min && value <= max;
  }

  public boolean contains(Range other) {
    return contains(other.min) && contains(other.max);
  }

  /** As it is written in a contract: {@code [-90, 70]}. */
  public String inContract() {
    return "[%s, %s]".formatted(text(min), text(max));
  }

  @Override
  public String toString() {
    return text(min) + ".." + text(max);
  }

  private static String text(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
