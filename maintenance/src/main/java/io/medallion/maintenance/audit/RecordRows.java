package io.medallion.maintenance.audit;

import io.medallion.contract.Contract;
import io.medallion.delta.RowEncoder;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import io.medallion.maintenance.audit.derive.EncodedRow;
import java.util.List;

/**
 * The rows that a record becomes by one contract, as the job's own decoder and encoders say: each
 * method leaves one in {@link JudgedTable#expected} of its table.
 */
final class RecordRows {

  private final RecordDecoder decoder;
  private final Rows silver;
  private final Rows quarantine;
  private final List<Rows> late;

  /** Of one table. */
  private record Rows(RowEncoder<EventRecord> encoder, EncodedRow out, JudgedTable table) {

    static Rows of(LakeTable<EventRecord> encoded, JudgedTable table) {
      return new Rows(
          encoded.encoder(),
          new EncodedRow(encoded.rowType().getFieldNames(), table.expected()),
          table);
    }

    void take(EventRecord event) {
      table.expected().clear();
      encoder.encodePartition(event, out);
      encoder.encode(event, out);
    }
  }

  /**
   * @param contract whose columns may be others than those of the tables
   */
  RecordRows(Contract contract, JudgedTables tables) {
    Rules rules = Rules.of(contract);
    decoder = RecordDecoder.of(rules);
    silver = Rows.of(SilverTable.table(contract), tables.silver());
    quarantine = Rows.of(QuarantineTable.table(rules), tables.quarantine());
    TumblingWindows[] windows =
        tables.late().stream()
            .map(ofSize -> new TumblingWindows(ofSize.windowSize() / 1000))
            .toArray(TumblingWindows[]::new);
    late =
        tables.late().stream()
            .map(ofSize -> Rows.of(LateTable.table(contract, windows), ofSize))
            .toList();
  }

  /** Judges a record's events by all but how old they are, which the job's settings say. */
  void decode(EventRecord record, RecordDecoder.Events events) {
    decoder.decode(record, RecordDecoder.NO_ARRIVAL, events);
  }

  void silver(EventRecord event) {
    silver.take(event);
  }

  void quarantine(EventRecord event) {
    quarantine.take(event);
  }

  /**
   * The row about a window that the event missed.
   *
   * @param size the place of the window's size among those of late
   */
  void late(EventRecord event, int size) {
    event.lateSize = size;
    late.get(size).take(event);
  }
}
