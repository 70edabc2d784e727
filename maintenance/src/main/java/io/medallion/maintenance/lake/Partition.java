package io.medallion.maintenance.lake;

/**
 * A partition of one of the Event Hubs that a lake was read from.
 *
 * @param eventHub the name that the lake has for it
 */
public record Partition(String eventHub, int number) implements Comparable<Partition> {

  @Override
  public int compareTo(Partition other) {
    int byHub = eventHub.compareTo(other.eventHub);
    return byHub != 0 ? byHub : Integer.compare(number, other.number);
  }

  /** Names the hub only where a lake has several: those have a generation in their name. */
  @Override
  public String toString() {
    return eventHub.indexOf('@') < 0
        ? "partition " + number
        : "partition " + number + " of " + eventHub;
  }
}
