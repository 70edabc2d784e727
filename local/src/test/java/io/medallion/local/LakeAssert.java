package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.DeltaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What holds for every lake whose windows are all closed, read from the tables alone. */
final class LakeAssert {

  private final Path lake;

  LakeAssert(Path lake) {
    this.lake = lake;
  }

  /** Nothing lost, nothing twice: offsets in bronze have no gap and no repetition. */
  LakeAssert bronzeHasEveryOffsetOnce() {
    offsets("bronze")
        .forEach(
            (partition, offsets) ->
                assertThat(offsets)
                    .as("offsets of partition %d in bronze", partition)
                    .first()
                    .isEqualTo(0L));
    offsets("bronze")
        .forEach(
            (partition, offsets) -> {
              assertThat(offsets).as("partition %d", partition).doesNotHaveDuplicates();
              assertThat(offsets.get(offsets.size() - 1))
                  .as("last offset of partition %d in bronze, without gaps", partition)
                  .isEqualTo(offsets.size() - 1L);
            });
    return this;
  }

  /** Every event of bronze is in silver or in quarantine, once. */
  LakeAssert everyBronzeRowIsInSilverOrQuarantine() {
    Map<Integer, List<Long>> either = offsets("silver");
    offsets("quarantine")
        .forEach(
            (partition, offsets) ->
                either.computeIfAbsent(partition, p -> new ArrayList<>()).addAll(offsets));
    either.values().forEach(offsets -> offsets.sort(null));
    assertThat(either).isEqualTo(offsets("bronze"));
    return this;
  }

  /** Every silver row was counted by one closed window, or came too late for it. */
  LakeAssert everySilverRowIsInGoldOrLate() {
    long silver = rows("silver").size();
    long late = rows("late").size();
    assertThat(eventCount("gold/weather_by_station")).isEqualTo(silver - late);
    assertThat(eventCount("gold/weather_summary")).isEqualTo(silver - late);
    return this;
  }

  private long eventCount(String table) {
    return rows(table).stream().mapToLong(row -> (Long) row.get("eventCount")).sum();
  }

  /** The offsets of each partition, sorted. */
  private Map<Integer, List<Long>> offsets(String table) {
    Map<Integer, List<Long>> offsets =
        rows(table).stream()
            .collect(
                Collectors.groupingBy(
                    row -> (Integer) row.get("partition"),
                    TreeMap::new,
                    Collectors.mapping(row -> (Long) row.get("offset"), Collectors.toList())));
    offsets.values().forEach(sorted -> sorted.sort(null));
    return offsets;
  }

  private List<Map<String, Object>> rows(String table) {
    return new DeltaTable(LakeFolder.uri(lake.resolve(table))).rows();
  }
}
