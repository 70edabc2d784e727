package io.medallion.maintenance.contract.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** The first line of a sample whose events are all valid, as an example for people. */
public final class FirstValidLine {

  private FirstValidLine() {}

  /** Reads up to that line; empty if there is none. */
  public static Optional<String> of(Contract contract, InputStream in) throws IOException {
    RecordDecoder decoder = RecordDecoder.of(Rules.of(contract));
    EventRecord record = new EventRecord();
    SampleLines lines = new SampleLines(in);
    while (lines.next()) {
      if (!lines.isTooLong()) {
        record.body = lines.body();
        AtomicBoolean isValid = new AtomicBoolean(true);
        decoder.decode(
            record,
            RecordDecoder.NO_ARRIVAL,
            event -> isValid.compareAndSet(true, event.isValid()));
        if (isValid.get()) {
          return Optional.of(new String(record.body, UTF_8).strip());
        }
      }
    }
    return Optional.empty();
  }
}
