package io.medallion.maintenance.contract.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleCheckTest {

  private static final String CONTRACT =
      """
      contract: test
      version: 1
      event:
        key: {column: device, from: [header device, record key]}
        time: {from: [field at, enqueued time], format: epoch s}
        id: {from: [field id]}
      fields:
        x: {type: double, from: [/a/x, x], required: true}
        y: {type: long}
      gold:
        t: {columns: {n: count()}}
      """;

  private final List<Map<String, Object>> rows = new ArrayList<>();
  private final List<String> rejected = new ArrayList<>();

  @Test
  void whatIsNeverThereAndWhatIsNotInTheContractIsTold() throws IOException {
    SampleSummary summary =
        check(
            SampleRecord.plain(),
            """
            {"a": {"x": 1, "b": {"c": 1}}, "y": null, "extra": [{"x": 1}]}
            {"x": 2, "extra": 1, "a": 3}
            """);

    assertThat(summary.valid()).isEqualTo(2);
    assertThat(summary.neverSeen()).containsExactly("y");
    assertThat(summary.unnamed()).containsExactly("/a/b", "extra");
    assertThat(summary.keyless()).isEqualTo(2);
    assertThat(summary.timeless()).isEqualTo(2);
    assertThat(summary.idless()).isEqualTo(2);
  }

  @Test
  void namesThatTheContractDoesNotHaveAreTakenUpToALimit() throws IOException {
    String many =
        IntStream.range(0, FieldCensus.MAX_UNNAMED + 1)
            .mapToObj(i -> "\"n" + i + "\": 1")
            .collect(Collectors.joining(", ", "{\"x\": 1, ", "}"));

    assertThat(check(SampleRecord.plain(), many).unnamed()).hasSize(FieldCensus.MAX_UNNAMED);
    assertThat(check(SampleRecord.plain(), many).hasMoreUnnamed()).isTrue();
    assertThat(check(SampleRecord.plain(), "{\"x\": 1, \"n\": 1}").hasMoreUnnamed()).isFalse();
  }

  @Test
  void aLineLongerThanABodyMayBeIsRejectedWithItsLength() throws IOException {
    String tooLong = "{\"x\": 1}" + " ".repeat(EventLimits.BODY_BYTES);

    SampleSummary summary = check(SampleRecord.plain(), tooLong + "\n{\"x\": 1}");

    assertThat(summary.rejected()).containsExactly(Map.entry("BODY_TOO_LARGE", 1L));
    assertThat(rejected).containsExactly("1: 1048584 bytes, at most 1048576 are allowed");
    assertThat(summary.valid()).isEqualTo(1);
  }

  @Test
  void aLineOfTheGreatestLengthIsDecoded() throws IOException {
    String body = "{\"x\": 1}";
    String longest = body + " ".repeat(EventLimits.BODY_BYTES - body.length());

    assertThat(check(SampleRecord.plain(), longest + "\n").valid()).isEqualTo(1);
  }

  @Test
  void aHeaderAndAKeyCountAsTheContractSays() throws IOException {
    Optional<String> key = Optional.of("from the key");

    check(new SampleRecord(key, Map.of("device", "pump"), Optional.empty()), "{\"x\": 1}");
    check(new SampleRecord(key, Map.of(), Optional.empty()), "{\"x\": 1}");

    assertThat(rows).extracting(row -> row.get("device")).containsExactly("pump", "from the key");
  }

  @Test
  void timesAreHeldAgainstAnArrivalOnlyIfOneIsGiven() throws IOException {
    String old = "{\"x\": 1, \"at\": 1000000000}\n{\"x\": 1}";
    Instant arrival = Instant.parse("2026-11-25T12:00:00Z");

    assertThat(check(SampleRecord.plain(), old).valid()).isEqualTo(2);
    SampleSummary summary =
        check(new SampleRecord(Optional.empty(), Map.of(), Optional.of(arrival)), old);

    assertThat(summary.rejected()).containsOnlyKeys("PAST_EVENT_TIME");
    assertThat(rows.get(2)).containsEntry("eventTime", "2026-11-25T12:00:00Z");
  }

  private SampleSummary check(SampleRecord like, String lines) throws IOException {
    return new SampleCheck(ContractReader.read("test.yaml", CONTRACT), like)
        .run(
            new ByteArrayInputStream(lines.getBytes(UTF_8)),
            new SampleCheck.Verdicts() {
              @Override
              public void valid(long line, Map<String, Object> row) {
                rows.add(row);
              }

              @Override
              public void rejected(long line, String reason, String detail) {
                rejected.add(line + ": " + detail);
              }
            });
  }
}
