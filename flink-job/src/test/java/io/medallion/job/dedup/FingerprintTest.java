package io.medallion.job.dedup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FingerprintTest {

  /** Saved states hold fingerprints: another hash would find no copy of what came before. */
  @Test
  void isMurmurHash3OfTheIdSeededByTheStations() {
    assertThat(of("", "The quick brown fox jumps over the lazy dog"))
        .isEqualTo("e34bbc7bbc071b6c 7a433ca9c49a9347");
    assertThat(of("", "")).as("never both 0").isEqualTo("0000000000000000 0000000000000001");
  }

  @Test
  void tellsApartWhatDiffersInOneByteOrInTheCutBetweenStationAndId() {
    Set<String> seen = new HashSet<>();
    for (int length = 0; length <= 40; length++) {
      String id = "x".repeat(length);
      for (int i = 0; i < length; i++) {
        assertThat(seen.add(of("s", id.substring(0, i) + "y" + id.substring(i + 1)))).isTrue();
      }
      assertThat(seen.add(of("s", id))).isTrue();
    }
    assertThat(of("ab", "c")).isNotEqualTo(of("a", "bc"));
    assertThat(of("1", "2")).isNotEqualTo(of("2", "1"));
  }

  @Test
  void timesAndBodiesTellEventsOfOneIdApart() {
    Fingerprint fingerprint = new Fingerprint();
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      fingerprint.set(bytes("s"), bytes("1"), i);
      assertThat(seen.add(fingerprint.low())).isTrue();
      fingerprint.set(bytes("s"), bytes("1"), bytes("body " + i));
      assertThat(seen.add(fingerprint.low())).isTrue();
    }
    assertThat(seen.stream().map(low -> low & Fingerprint.ID_BITS).distinct()).hasSize(1);
    // What is saved must not change: an event of 2026-01-01T00:00:00Z, and one without a time.
    fingerprint.set(bytes("a"), bytes("1"), 1_767_225_600_000L);
    assertThat(hex(fingerprint)).isEqualTo("080a31371454dcba 22a4384553e1b982");
    fingerprint.set(bytes("a"), bytes("1"), bytes("body"));
    assertThat(hex(fingerprint)).isEqualTo("080a31371454dcba 22a4ef4a5bc7818e");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static String hex(Fingerprint fingerprint) {
    return "%016x %016x".formatted(fingerprint.high(), fingerprint.low());
  }

  private static String of(String station, String id) {
    Fingerprint fingerprint = new Fingerprint();
    fingerprint.set(station.getBytes(UTF_8), id.getBytes(UTF_8), 5);
    return "%016x %016x".formatted(fingerprint.idHigh(), fingerprint.idLow());
  }
}
