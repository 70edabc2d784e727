package io.medallion.generator;

/**
 * How fast events are sent.
 *
 * @param perSecond events per second; infinite for as fast as possible
 */
public record Rate(double perSecond) {

  /** As fast as broker and machine take them. */
  public static final Rate MAX = new Rate(Double.POSITIVE_INFINITY);

  public Rate {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException("rate must be above 0 or 'max', but is " + perSecond);
    }
  }

  /** Reads {@code max} or a number of events per second. */
  public static Rate parse(String text) {
    if (text.equalsIgnoreCase("max")) {
      return MAX;
    }
    try {
      return new Rate(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "rate must be events per second or 'max', but is '" + text + "'", e);
    }
  }

  public boolean isMax() {
    return Double.isInfinite(perSecond);
  }

  @Override
  public String toString() {
    return isMax() ? "max" : Double.toString(perSecond);
  }
}
