package io.medallion.maintenance.contract.sample;

import java.util.List;
import java.util.Map;

/**
 * What became of the lines of a sample.
 *
 * @param flagged valid ones with a quality flag
 * @param rejected events by reason
 * @param keyless valid ones whose key comes from nowhere
 * @param timeless valid ones that tell no time
 * @param idless valid ones without an id
 * @param neverSeen fields that no line had a value of
 * @param unnamed places in the lines that the contract does not name
 * @param hasMoreUnnamed whether there are more of them
 */
public record SampleSummary(
    long valid,
    long flagged,
    Map<String, Long> rejected,
    long keyless,
    long timeless,
    long idless,
    List<String> neverSeen,
    List<String> unnamed,
    boolean hasMoreUnnamed) {

  public long rejectedEvents() {
    return rejected.values().stream().mapToLong(Long::longValue).sum();
  }
}
