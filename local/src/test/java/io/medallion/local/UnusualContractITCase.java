package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A lake of events that may lack each of their fields, with negative and great numbers, without a
 * table by the key, with one by a text that does not count its events, and directions of which
 * silver has the compass point alone.
 */
class UnusualContractITCase {

  private static final String CONTRACT =
      """
      contract: wells
      version: 1
      event:
        key: {column: site, from: [header site, record key], otherwise: nowhere}
        time: {from: [field at, enqueued time], format: iso}
        id: {from: [field id], acceptNumber: true}
      fields:
        level: {type: double}
        flow: {type: long, limits: [-9.0e18, 9.0e18]}
        state: {type: string}
        open: {type: boolean}
        seen: {type: timestamp, format: epoch s}
        wind: {type: compass}
        speed: {type: double}
      silver:
        levelF: fahrenheit(level)
        share: ratio(level, speed)
        force: beaufort(speed)
      gold:
        by_state:
          by: state
          columns:
            minLevel: min(level)
            levelSum: sum(level)
            flowSum: sum(flow)
            opens: count(open)
            seen: count(seen)
            share: avg(share)
            direction: meanDirection(speed, wind)
            point: meanCompassPoint(speed, wind)
        everything:
          columns:
            siteCount: countDistinct(site)
            eventCount: count()
            state: mostFrequent(state)
            maxFlow: max(flow)
            force: avg(force)
            turned: meanDirection(level, speed)
            windMean: avg(wind)
      """;
  private static final List<String> STATES = List.of("on", "off", "stuck: \u00e4", "");
  private static final int EVENTS = 2_000;

  @TempDir private static Path made;

  @TempDir private Path temp;
  private LakeCopy lake;

  @BeforeAll
  static void aRun() throws Exception {
    Path contract = Files.writeString(made.resolve("wells.yaml"), CONTRACT);
    Random random = new Random(2);
    Instant start = Instant.now().minusSeconds(120);
    List<ContractLake.Sent> records = new ArrayList<>();
    for (int i = 0; i < EVENTS; i++) {
      records.add(event(i, start.plusMillis(20L * i), random));
    }
    ContractLake.make(made, contract.toString(), records);
  }

  private static ContractLake.Sent event(int number, Instant time, Random random) {
    List<String> members = new ArrayList<>();
    members.add("\"at\": \"%s\"".formatted(time));
    optional(members, random, "id", Integer.toString(number));
    optional(members, random, "level", Double.toString(random.nextGaussian() * 1e6));
    optional(members, random, "flow", Long.toString(random.nextLong() / 2));
    optional(members, random, "open", Boolean.toString(random.nextBoolean()));
    optional(members, random, "seen", Long.toString(1_700_000_000L + number));
    optional(members, random, "speed", Double.toString(random.nextInt(4)));
    optional(members, random, "wind", Double.toString(random.nextInt(3600) / 10.0));
    optional(members, random, "state", "\"" + STATES.get(random.nextInt(4)) + "\"");
    return new ContractLake.Sent(
        number % 5 == 0 ? "well-" + number % 4 : null,
        number % 5 == 1 ? Map.of("site", "well-" + number % 3) : Map.of(),
        "{" + String.join(", ", members) + "}");
  }

  private static void optional(List<String> members, Random random, String name, String value) {
    if (random.nextInt(4) > 0) {
      members.add("\"%s\": %s".formatted(name, value));
    }
  }

  @BeforeEach
  void copyLake() throws IOException {
    lake = LakeCopy.of(made.resolve("lake"), temp.resolve("lake"));
  }

  @Test
  void allChecksHold() throws Exception {
    Audited audited = Audited.audit(lake);

    audited.assertHolds();
    assertThat(audited.count("events-accounted", "silver")).isEqualTo(EVENTS);
    assertThat(audited.count("silver-enrichment", "rows sampled")).isEqualTo(EVENTS);
    assertThat(audited.count("gold-counts", "in gold")).isEqualTo(EVENTS);
    assertThat(audited.count("gold-summary", "events")).isEqualTo(EVENTS);
    assertThat(audited.count("gold-values", "not judged"))
        .as("the mean of directions without degrees")
        .isEqualTo(audited.count("gold-summary", "windows"))
        .isPositive();
  }

  @Test
  void anAlteredSumIsFound() throws Exception {
    lake.raise("gold/by_state", "levelSum");
    Audited.audit(lake).assertBroken("gold-values");
  }

  @Test
  void anAlteredCountOfBooleansIsFound() throws Exception {
    lake.raise("gold/by_state", "opens");
    Audited.audit(lake).assertBroken("gold-values");
  }

  @Test
  void anAlteredNumberOfKeysIsNotThatOfSilver() throws Exception {
    lake.raise("gold/everything", "siteCount");
    Audited.audit(lake).assertBroken("gold-summary");
  }

  @Test
  void anAlteredNumberOfEventsIsNotThatOfSilver() throws Exception {
    lake.raise("gold/everything", "eventCount");
    Audited.audit(lake).assertBroken("gold-summary");
  }

  @Test
  void anAlteredFormulaIsFound() throws Exception {
    lake.raise("silver", "share");
    Audited.audit(lake).assertBroken("silver-enrichment", "gold-values", "rows-rederived");
  }

  @Test
  void aWindowTakenOutOfThoseOverEverythingIsMissed() throws Exception {
    lake.removeRow("gold/everything");
    Audited.audit(lake).assertBroken("gold-summary");
  }

  @Test
  void aValueTakenOutOfAWindowIsMissed() throws Exception {
    lake.removeRow("gold/by_state");
    Audited.audit(lake).assertBroken("gold-counts");
  }
}
