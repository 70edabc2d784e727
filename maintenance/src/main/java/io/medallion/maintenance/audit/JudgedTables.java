package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.maintenance.lake.LakeTables;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The tables whose rows follow from bronze's records.
 *
 * @param quarantine what quarantine has of the record
 * @param verdicts what quarantine has of the verdict, of rows whose rules the lake still has
 * @param late by the size of windows
 */
record JudgedTables(
    JudgedTable silver, JudgedTable quarantine, JudgedTable verdicts, List<JudgedTable> late) {

  private static final Set<String> VERDICT = Set.of("reason", "ruleVersion");

  /** For people: another release may say it in other words. */
  private static final String DETAIL = "detail";

  JudgedTables {
    late = List.copyOf(late);
  }

  /**
   * Makes them.
   *
   * @param lateSizes of windows that events missed, microseconds
   * @param knowsFlags whether the rules that silver's flags come from are those that the lake has
   * @param candidates how many contracts there are that rows may follow
   * @param keepsTexts whether texts are to be seen by people
   */
  static JudgedTables of(
      LakeTables lake,
      Set<Long> lateSizes,
      boolean knowsFlags,
      int candidates,
      boolean keepsTexts) {
    Contract contract = lake.contract();
    Predicate<String> unsure = column -> contract.derived(column).isPresent();
    Predicate<String> ofEvent = column -> knowsFlags || !column.equals("qualityFlags");
    return new JudgedTables(
        new JudgedTable("silver", lake.silver(), 0, ofEvent, unsure, candidates, keepsTexts),
        new JudgedTable(
            "quarantine",
            lake.quarantine(),
            0,
            c -> !VERDICT.contains(c) && !c.equals(DETAIL),
            c -> false,
            1,
            keepsTexts),
        new JudgedTable(
            "verdict in quarantine",
            lake.quarantine(),
            0,
            VERDICT::contains,
            c -> false,
            1,
            keepsTexts),
        lateSizes.stream()
            .map(
                size ->
                    new JudgedTable(
                        "late for %d ms".formatted(size / 1_000),
                        lake.late(),
                        size,
                        // By how much is known to the job alone.
                        ofEvent.and(column -> !column.equals("latenessMillis")),
                        unsure,
                        candidates,
                        keepsTexts))
            .toList());
  }

  Stream<JudgedTable> all() {
    return Stream.concat(Stream.of(silver, quarantine, verdicts), late.stream());
  }
}
