package io.medallion.maintenance.audit;

import io.medallion.maintenance.audit.derive.BlockSums;
import io.medallion.maintenance.audit.derive.RowValues;
import io.medallion.maintenance.audit.derive.StoredRow;
import io.medallion.maintenance.lake.TableDefinition;
import java.util.Set;
import java.util.function.Predicate;

/** Rows of a table that follow from bronze's records: as they should be, and as they are. */
final class JudgedTable {

  private final String name;
  private final TableDefinition table;
  private final long windowSize;
  private final RowValues expected;
  private final RowValues found;
  private final StoredRow stored;
  private final BlockSums sums;
  private final boolean[] counted;
  private final boolean[] countedIfExempt;

  /**
   * @param name for people; no two are the same
   * @param windowSize microseconds, of the rows of late; 0 for all rows of another table
   * @param isCounted by name, the columns that are compared
   * @param exempt names of columns that are not, of rows that are an exception
   * @param isUnsure by name, those whose last digits are not
   * @param candidates how many contracts there are that rows may follow
   * @param keepsTexts whether texts are to be seen by people
   */
  JudgedTable(
      String name,
      TableDefinition table,
      long windowSize,
      Predicate<String> isCounted,
      Set<String> exempt,
      Predicate<String> isUnsure,
      int candidates,
      boolean keepsTexts) {
    this.name = name;
    this.table = table;
    this.windowSize = windowSize;
    this.expected = new RowValues(table.schema().fields(), isUnsure, keepsTexts);
    this.found = new RowValues(table.schema().fields(), isUnsure, keepsTexts);
    this.stored = new StoredRow(found, table.partitionColumns().get(0));
    this.sums = new BlockSums(candidates);
    this.counted = new boolean[expected.columns().size()];
    this.countedIfExempt = new boolean[counted.length];
    for (int i = 0; i < counted.length; i++) {
      String column = expected.columns().get(i).getName();
      counted[i] = isCounted.test(column);
      countedIfExempt[i] = counted[i] && !exempt.contains(column);
    }
  }

  /** For people. */
  String name() {
    return name;
  }

  TableDefinition table() {
    return table;
  }

  /** Microseconds; 0 of tables without windows. */
  long windowSize() {
    return windowSize;
  }

  /** Takes on rows as they should be. */
  RowValues expected() {
    return expected;
  }

  /** Takes on rows as they are. */
  RowValues found() {
    return found;
  }

  /** Reads what {@link #found} takes on. */
  StoredRow stored() {
    return stored;
  }

  BlockSums sums() {
    return sums;
  }

  /**
   * Which columns are compared, by their place.
   *
   * @param isExempt whether the row is an exception
   */
  boolean[] counted(boolean isExempt) {
    return isExempt ? countedIfExempt : counted;
  }
}
