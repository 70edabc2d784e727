package io.medallion.job.late;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldCells;
import io.medallion.job.hub.HubName;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenessStateTest {

  /** The serializer of the release before windows had several sizes, as a savepoint has it. */
  private static final String OLD_SNAPSHOT =
      "AAAAAgBCb3JnLmFwYWNoZS5mbGluay5hcGkuamF2YS50eXBldXRpbHMucnVudGltZS5Qb2pvU2VyaWFs"
          + "aXplclNuYXBzaG90AAAAAgAjaW8ubWVkYWxsaW9uLmpvYi5sYXRlLkxhdGVuZXNzU3RhdGUAAATyxpo9"
          + "cAAAAAYACGV2ZW50SHViAQAAAC8AI2lvLm1lZGFsbGlvbi5qb2IubGF0ZS5MYXRlbmVzc1N0YXRlAAhl"
          + "dmVudEh1YgEAAABaAFRvcmcuYXBhY2hlLmZsaW5rLmFwaS5jb21tb24udHlwZXV0aWxzLmJhc2UuU3Ry"
          + "aW5nU2VyaWFsaXplciRTdHJpbmdTZXJpYWxpemVyU25hcHNob3QAAAADAAhob3Jpem9ucwEAAAAvACNp"
          + "by5tZWRhbGxpb24uam9iLmxhdGUuTGF0ZW5lc3NTdGF0ZQAIaG9yaXpvbnMBAAAAeAByb3JnLmFwYWNo"
          + "ZS5mbGluay5hcGkuY29tbW9uLnR5cGV1dGlscy5iYXNlLmFycmF5LkxvbmdQcmltaXRpdmVBcnJheVNl"
          + "cmlhbGl6ZXIkTG9uZ1ByaW1pdGl2ZUFycmF5U2VyaWFsaXplclNuYXBzaG90AAAAAwAMbGFzdEFycml2"
          + "YWxzAQAAADMAI2lvLm1lZGFsbGlvbi5qb2IubGF0ZS5MYXRlbmVzc1N0YXRlAAxsYXN0QXJyaXZhbHMB"
          + "AAAAeAByb3JnLmFwYWNoZS5mbGluay5hcGkuY29tbW9uLnR5cGV1dGlscy5iYXNlLmFycmF5LkxvbmdQ"
          + "cmltaXRpdmVBcnJheVNlcmlhbGl6ZXIkTG9uZ1ByaW1pdGl2ZUFycmF5U2VyaWFsaXplclNuYXBzaG90"
          + "AAAAAwARbGFzdFZhbGlkQXJyaXZhbHMBAAAAOAAjaW8ubWVkYWxsaW9uLmpvYi5sYXRlLkxhdGVuZXNz"
          + "U3RhdGUAEWxhc3RWYWxpZEFycml2YWxzAQAAAHgAcm9yZy5hcGFjaGUuZmxpbmsuYXBpLmNvbW1vbi50"
          + "eXBldXRpbHMuYmFzZS5hcnJheS5Mb25nUHJpbWl0aXZlQXJyYXlTZXJpYWxpemVyJExvbmdQcmltaXRp"
          + "dmVBcnJheVNlcmlhbGl6ZXJTbmFwc2hvdAAAAAMADWxhc3RXaW5kb3dFbmQBAAAANAAjaW8ubWVkYWxs"
          + "aW9uLmpvYi5sYXRlLkxhdGVuZXNzU3RhdGUADWxhc3RXaW5kb3dFbmQBAAAAVgBQb3JnLmFwYWNoZS5m"
          + "bGluay5hcGkuY29tbW9uLnR5cGV1dGlscy5iYXNlLkxvbmdTZXJpYWxpemVyJExvbmdTZXJpYWxpemVy"
          + "U25hcHNob3QAAAADAAl3YXRlcm1hcmsBAAAAMAAjaW8ubWVkYWxsaW9uLmpvYi5sYXRlLkxhdGVuZXNz"
          + "U3RhdGUACXdhdGVybWFyawEAAABWAFBvcmcuYXBhY2hlLmZsaW5rLmFwaS5jb21tb24udHlwZXV0aWxz"
          + "LmJhc2UuTG9uZ1NlcmlhbGl6ZXIkTG9uZ1NlcmlhbGl6ZXJTbmFwc2hvdAAAAAMAAATyxpo9cAAAAAAA"
          + "AATyxpo9cAAAAAA=";

  /** What it wrote of a partition with the horizon 1000, the watermark 99, last window to 1010. */
  private static final String OLD_STATE =
      "AgAId2VhdGhlcgAAAAABAAAAAAAAA+gAAAAAAQAAAAAAAAPtAAAAAAEAAAAAAAAD7QAAAAAAAAAD8gAAAAAAAAAAYw==";

  @Test
  void aStateOfTheFirstReleaseIsOfTheFirstEventHubAlone() {
    LatenessState first = new LatenessState();
    first.horizons = new long[] {1000};
    first.watermark = 99;

    LatenessState same = LatenessState.merge(new HubName("weather", 1), List.of(first));
    LatenessState another = LatenessState.merge(new HubName("weather", 2), List.of(first));

    assertThat(same.horizons).containsExactly(1000);
    assertThat(another.horizons).as("of other partitions").isEmpty();
    assertThat(another.watermark).as("what was closed stays closed").isEqualTo(99);
  }

  @Test
  void aStateOfAReleaseWithOneSizeIsRead() throws Exception {
    TypeSerializer<LatenessState> old =
        TypeSerializerSnapshotSerializationUtil.<LatenessState>readSerializerSnapshot(
                bytes(OLD_SNAPSHOT), getClass().getClassLoader())
            .restoreSerializer();
    LatenessState merged =
        LatenessState.merge(new HubName("weather", 1), List.of(old.deserialize(bytes(OLD_STATE))));

    assertThat(merged.horizons).containsExactly(1000);
    assertThat(merged.lastArrivals).containsExactly(1005);
    assertThat(merged.watermark).isEqualTo(99);
    assertThat(merged.lastWindowEnd).isEqualTo(1010);
    assertThat(merged.lastEventTime).as("no event was later").isEqualTo(1009);
    assertThat(merged.closedUpTo(windows(10, 40))).containsExactly(99, 99);
    assertThat(merged.completeFrom(GoldCells.paths(10, 40)))
        .as("the first size was there")
        .containsExactly(Long.MIN_VALUE, 1010);
  }

  @ParameterizedTest
  @CsvSource({"10 40, 40 10", "10 40, 40", "40, 10 40", "10 40 5, 5 10 40"})
  void theFirstTablesSizeDoesNotBecomeAnothers(String before, String now) {
    LatenessState state = new LatenessState();
    state.sizes = sizes(before);
    state.watermarks = new long[state.sizes.length];

    LatenessState merged = LatenessState.merge(new HubName("weather", 1), List.of(state));

    assertThatThrownBy(() -> merged.closedUpTo(windows(sizes(now))))
        .hasMessageContaining(
            "Put a table with windows of PT0.0%sS first".formatted(before.substring(0, 1)));
  }

  @ParameterizedTest
  @CsvSource({"10, 10 40", "10 40, 10", "10, 20", "10 40, 20 40", "10 40 5, 10 5 40"})
  void otherSizesComeAndGo(String before, String now) {
    LatenessState state = new LatenessState();
    state.sizes = sizes(before);
    state.watermarks = new long[state.sizes.length];
    Arrays.fill(state.watermarks, 7);
    state.watermark = 7;

    LatenessState merged = LatenessState.merge(new HubName("weather", 1), List.of(state));

    assertThat(merged.closedUpTo(windows(sizes(now)))).containsOnly(7);
  }

  private static long[] sizes(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  private static List<TumblingWindows> windows(long... sizes) {
    return Arrays.stream(sizes).mapToObj(TumblingWindows::new).toList();
  }

  private static DataInputDeserializer bytes(String base64) {
    return new DataInputDeserializer(Base64.getDecoder().decode(base64));
  }
}
