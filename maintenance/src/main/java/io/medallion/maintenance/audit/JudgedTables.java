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
 * @param silver rows that a redrive added are exempt from telling when and by what flags
 * @param quarantine rows whose verdict can't be repeated are exempt from telling it
 * @param late by the size of windows; as silver
 */
record JudgedTables(JudgedTable silver, JudgedTable quarantine, List<JudgedTable> late) {

  private static final Set<String> OF_REDRIVE = Set.of("processedTime", "qualityFlags");
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
        new JudgedTable(
            "silver", lake.silver(), 0, ofEvent, OF_REDRIVE, unsure, candidates, keepsTexts),
        new JudgedTable(
            "quarantine",
            lake.quarantine(),
            0,
            column -> !column.equals(DETAIL),
            VERDICT,
            column -> false,
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
                        OF_REDRIVE,
                        unsure,
                        candidates,
                        keepsTexts))
            .toList());
  }

  Stream<JudgedTable> all() {
    return Stream.concat(Stream.of(silver, quarantine), late.stream());
  }
}
