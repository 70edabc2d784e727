package io.medallion.maintenance.contract.sample;

import io.medallion.contract.Contract;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Judges the events in the lines of a file, each the body of a record, by the job's own decoder,
 * rules and encoder of silver. Memory does not grow with the file.
 */
public final class SampleCheck {

  private final Contract contract;
  private final SampleRecord like;
  private final RecordDecoder decoder;
  private final SilverRow row;
  private final FieldCensus census;
  private final EventRecord record = new EventRecord();
  private final Map<String, Long> rejected = new TreeMap<>();
  private long valid;
  private long flagged;
  private long keyless;
  private long timeless;
  private long idless;

  /** Takes the lines one by one. */
  public interface Verdicts {

    /** An event in a line that would be in silver, with its columns but those of lineage. */
    void valid(long line, Map<String, Object> row) throws IOException;

    /** An event in a line, or the line, that would be in quarantine. */
    void rejected(long line, String reason, String detail) throws IOException;
  }

  /**
   * @param like what each record has beside its body
   */
  public SampleCheck(Contract contract, SampleRecord like) {
    this.contract = contract;
    this.like = like;
    decoder = RecordDecoder.of(Rules.of(contract));
    row = new SilverRow(contract);
    census = new FieldCensus(contract);
    record.eventHub = new Text("sample");
    like.fill(record);
  }

  /** Judges all lines. */
  public SampleSummary run(InputStream in, Verdicts verdicts) throws IOException {
    SampleLines lines = new SampleLines(in);
    while (lines.next()) {
      judge(lines, event -> tell(event, lines.number(), verdicts));
    }
    return new SampleSummary(
        valid,
        flagged,
        rejected,
        keyless,
        timeless,
        idless,
        census.neverSeen(),
        census.unnamed(),
        census.hasMoreUnnamed());
  }

  private void tell(EventRecord event, long line, Verdicts verdicts) {
    census.add(event.event);
    try {
      if (event.isValid()) {
        count();
        verdicts.valid(line, row.of(event));
      } else {
        rejected.merge(event.reasonCode(), 1L, Long::sum);
        verdicts.rejected(line, event.reasonCode(), event.detail);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void judge(SampleLines line, RecordDecoder.Events events) {
    if (line.isTooLong()) {
      record.clearDecoded(contract.valueCount());
      record.event = new byte[0];
      record.reject(
          RejectReason.BODY_TOO_LARGE,
          "%d bytes, at most %d are allowed".formatted(line.length(), EventLimits.BODY_BYTES));
      events.take(record);
      return;
    }
    record.body = line.body();
    long arrival = like.arrival().map(Instant::toEpochMilli).orElse(RecordDecoder.NO_ARRIVAL);
    decoder.decode(record, arrival, events);
  }

  private void count() {
    valid++;
    flagged += record.isFlagged() ? 1 : 0;
    keyless += record.groupRank == EventRecord.NOWHERE ? 1 : 0;
    timeless += record.tellsTime ? 0 : 1;
    idless += record.eventId == null ? 1 : 0;
  }
}
