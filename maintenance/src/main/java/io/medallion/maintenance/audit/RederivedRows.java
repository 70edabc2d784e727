package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.maintenance.audit.derive.BlockSums;
import io.medallion.maintenance.audit.derive.BlockSums.Block;
import io.medallion.maintenance.lake.DataFile;
import io.medallion.maintenance.lake.EventPlaces;
import io.medallion.maintenance.lake.LakeVersion;
import io.medallion.maintenance.lake.Partition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Rows of silver, quarantine and late are what bronze's records say by the lake's contract: column
 * by column, the verdict too.
 *
 * <p>What a record says is judged by the code of the job. All rows that should be there and all
 * that are there are added up in blocks of neighbouring records, in whatever order files have them;
 * only blocks that differ are compared row by row. Memory: some 100 bytes a block, and the rows of
 * {@link #BLOCKS_AT_ONCE} blocks.
 */
final class RederivedRows {

  private static final int BLOCKS_AT_ONCE = 8;

  /** Of the contracts before the one that counts, the newest. */
  private static final int MOST_EARLIER = 3;

  private final Scope scope;
  private final LakeVersion lake;
  private final EventPlaces places;
  private final AccountedEvents accounted;
  private final LateRows late;
  private final QuarantineVerdicts verdicts;
  private final List<Contract> contracts = new ArrayList<>();

  /** Whether rows may have been judged by rules that the lake no longer has. */
  private final boolean hadOtherRules;

  private final Findings findings =
      new Findings(
          "rows-rederived",
          "rows of silver, quarantine and late are what bronze's records say by the lake's contract");
  private long byOtherRules;

  /**
   * @param accounted has all rows of silver and quarantine already
   * @param late has all rows of late already
   */
  RederivedRows(
      Scope scope, AccountedEvents accounted, LateRows late, QuarantineVerdicts verdicts) {
    this.scope = scope;
    this.lake = scope.lake();
    this.places = scope.places();
    this.accounted = accounted;
    this.late = late;
    this.verdicts = verdicts;
    List<Contract> earlier = EarlierContracts.of(lake).contracts();
    contracts.add(lake.definitions().contract());
    contracts.addAll(earlier.subList(Math.max(0, earlier.size() - MOST_EARLIER), earlier.size()));
    hadOtherRules =
        !earlier.isEmpty() || verdicts.byOtherRules() > 0 || !EarlierContracts.isKnown(lake);
  }

  CheckResult result() {
    JudgedTables tables = tables(false);
    walk(tables).visit(new BlockVisitor(places), file -> true, this::misplaced);
    Set<Block> differing = new HashSet<>();
    tables.all().map(JudgedTable::sums).map(BlockSums::differing).forEach(differing::addAll);
    compare(differing.stream().sorted(Block.ORDER).toList());
    findings.count("records", accounted.bronzeSize());
    findings.count("by other rules", byOtherRules + verdicts.byOtherRules());
    return findings.result();
  }

  private void misplaced(Partition partition, long place, String why) {
    if (hadOtherRules) {
      byOtherRules++;
    } else {
      findings.violation("%s %s %s", partition, places.text(place), why);
    }
  }

  /**
   * Row by row, until something is found: of blocks of which half is by an earlier contract,
   * nothing is.
   */
  private void compare(List<Block> blocks) {
    if (blocks.isEmpty()) {
      return;
    }
    JudgedTables tables = tables(true);
    RowWalk walk = walk(tables);
    for (int i = 0; i < blocks.size(); i += BLOCKS_AT_ONCE) {
      if (findings.hasViolations() && i > 0) {
        findings.violations(
            blocks.size() - i,
            "%d more blocks of up to %d records differ",
            blocks.size() - i,
            BlockSums.RECORDS);
        return;
      }
      Set<Block> some = Set.copyOf(blocks.subList(i, Math.min(blocks.size(), i + BLOCKS_AT_ONCE)));
      DetailVisitor details = new DetailVisitor(some, places, findings);
      walk.visit(details, file -> mayHold(file, some), (partition, place, why) -> {});
      details.end();
    }
  }

  private static boolean mayHold(DataFile file, Set<Block> blocks) {
    long first = file.statistics().at("/minValues/offset").asLong(0);
    long last = file.statistics().at("/maxValues/offset").asLong(Long.MAX_VALUE);
    return blocks.stream()
        .anyMatch(block -> block.firstOffset() <= last && first <= block.lastOffset());
  }

  private JudgedTables tables(boolean keepsTexts) {
    return JudgedTables.of(
        lake.definitions(), late.windowSizes(), !hadOtherRules, contracts.size(), keepsTexts);
  }

  private RowWalk walk(JudgedTables tables) {
    return new RowWalk(
        scope,
        accounted,
        late,
        verdicts,
        tables,
        contracts.stream().map(contract -> new RecordRows(contract, tables)).toList());
  }
}
