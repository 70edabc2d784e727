package io.medallion.job.hub;

import java.io.Serializable;

/**
 * The name that the lake has for an Event Hub, and for no other: part of a row's identity.
 *
 * @param topic Kafka's name of the Event Hub
 * @param generation which of the lake's Event Hubs it is, from 1
 */
public record HubName(String topic, int generation) implements Serializable {

  private static final char BEFORE_GENERATION = '@';

  /**
   * Of a {@link #text}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static HubName of(String text) {
    int at = text.indexOf(BEFORE_GENERATION);
    if (at < 0) {
      return new HubName(text, 1);
    }
    try {
      return new HubName(text.substring(0, at), Integer.parseInt(text.substring(at + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' names no Event Hub of a lake, such as weather or weather@2".formatted(text), e);
    }
  }

  /** As it stands in tables and states. No topic has an {@code @} in its name. */
  public String text() {
    return generation == 1 ? topic : topic + BEFORE_GENERATION + generation;
  }

  /**
   * Whether a state with that name is of this Event Hub. The first release knew of one Event Hub,
   * and did not name it.
   *
   * @param saved null in a state of the first release
   */
  public boolean matches(String saved) {
    return saved == null ? generation == 1 : saved.equals(text());
  }
}
