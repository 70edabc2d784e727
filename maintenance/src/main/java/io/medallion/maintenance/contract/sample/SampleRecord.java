package io.medallion.maintenance.contract.sample;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.job.event.EventRecord;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the records of a sample have beside their bodies.
 *
 * @param key empty for none
 * @param headers values by name
 * @param arrival when they came; without it, event times are not held against an arrival, and an
 *     event that tells no time has the time of now
 */
public record SampleRecord(
    Optional<String> key, Map<String, String> headers, Optional<Instant> arrival) {

  public SampleRecord {
    headers = Map.copyOf(headers);
  }

  /** Records with bodies alone. */
  public static SampleRecord plain() {
    return new SampleRecord(Optional.empty(), Map.of(), Optional.empty());
  }

  void fill(EventRecord record) {
    record.key = key.map(text -> text.getBytes(UTF_8)).orElse(null);
    if (!headers.isEmpty()) {
      record.headerNames = headers.keySet().toArray(String[]::new);
      record.headerValues =
          headers.values().stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    }
    record.enqueuedTime = arrival.orElseGet(Instant::now).toEpochMilli();
    record.processedTime = record.enqueuedTime;
  }
}
