package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.testing.DeltaTable;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

  /**
   * Every event of bronze is in silver or in quarantine, once, unless the same bytes came before:
   * the generator repeats an event to the byte.
   */
  LakeAssert everyBronzeRowIsInSilverOrQuarantineOrIsARepetition() {
    Map<Integer, List<Long>> silver = offsets("silver");
    Map<Integer, List<Long>> quarantine = offsets("quarantine");
    rows("bronze").stream()
        .collect(Collectors.groupingBy(row -> (Integer) row.get("partition")))
        .forEach(
            (partition, bronze) -> {
              List<Long> either = new ArrayList<>(silver.getOrDefault(partition, List.of()));
              either.addAll(quarantine.getOrDefault(partition, List.of()));
              assertThat(either)
                  .as("silver and quarantine of partition %d", partition)
                  .containsExactlyInAnyOrderElementsOf(
                      withoutRepetitions(
                          bronze, Set.copyOf(quarantine.getOrDefault(partition, List.of()))));
            });
    return this;
  }

  /** The offsets of events that are the first of their bytes; invalid ones are not compared. */
  private static List<Long> withoutRepetitions(
      List<Map<String, Object>> bronze, Set<Long> invalid) {
    Set<ByteBuffer> seen = new HashSet<>();
    return bronze.stream()
        .sorted(Comparator.comparing(row -> (Long) row.get("offset")))
        .filter(
            row ->
                invalid.contains((Long) row.get("offset"))
                    || seen.add(ByteBuffer.wrap((byte[]) row.get("body"))))
        .map(row -> (Long) row.get("offset"))
        .toList();
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

  /** The values of a column that are not null. */
  List<Object> values(String table, String column) {
    return rows(table).stream().map(row -> row.get(column)).filter(Objects::nonNull).toList();
  }

  private List<Map<String, Object>> rows(String table) {
    return new DeltaTable(LakeFolder.uri(lake.resolve(table))).rows();
  }
}
