package io.medallion.maintenance.lake;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The partitions that rows are of. Tables of the first release have no Event Hub in silver and
 * late; theirs is the hub of generation 1, of which bronze has rows: they have to be seen before.
 */
public final class Partitions {

  private final Map<String, Partition[]> byHub = new HashMap<>();
  private String lastHub;
  private Partition[] ofLastHub;
  private String firstHub;

  /** The partition of a row of bronze, which always tells its hub. */
  public Partition ofBronze(String eventHub, int number) {
    if (firstHub == null && eventHub.indexOf('@') < 0) {
      firstHub = eventHub;
    }
    return of(eventHub, number);
  }

  /**
   * The partition of a row of any table.
   *
   * @param eventHub null for a row of the first release
   */
  public Partition of(String eventHub, int number) {
    String hub = eventHub == null ? firstHub() : eventHub;
    if (!hub.equals(lastHub)) {
      lastHub = hub;
      ofLastHub = byHub.computeIfAbsent(hub, name -> new Partition[0]);
    }
    if (number >= ofLastHub.length) {
      ofLastHub = Arrays.copyOf(ofLastHub, number + 1);
      byHub.put(hub, ofLastHub);
    }
    if (ofLastHub[number] == null) {
      ofLastHub[number] = new Partition(hub, number);
    }
    return ofLastHub[number];
  }

  private String firstHub() {
    return firstHub == null ? "" : firstHub;
  }
}
