package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.event.EventRecord;
import io.medallion.job.testing.WeatherEvents;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshotSerializationUtil;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class GoldCellSerializerTest {

  private static final Contract WEATHER = ContractReader.standard();

  /** The weather, and a column and a formula more. */
  private static final Contract MORE =
      ContractReader.read(
          "more.yaml",
          WEATHER
              .text()
              .replace(
                  "eventCount: count()", "eventCount: count()\n      meanDewPoint: avg(dewPoint)"));

  /** The weather, and columns of every kind that {@code first} and {@code last} take. */
  private static final Contract PICKING =
      ContractReader.read(
          "picking.yaml",
          WEATHER
              .text()
              .replace(
                  "eventCount: count()",
                  "eventCount: count()\n      a: first(temperature)\n      b: last(conditions)\n"
                      + "      c: last(stationId)\n      d: first(beaufort)"));

  /** The serializer of the release that had no {@code first} and {@code last}, in a savepoint. */
  private static final String OLD_SNAPSHOT =
      "AAAAAgAxaW8ubWVkYWxsaW9uLmpvYi5nb2xkLkdvbGRDZWxsU2VyaWFsaXplciRTbmFwc2hvdAAAAAEA"
          + "AAAEAAAAD3N1bTp0ZW1wZXJhdHVyZQAAAAxzdW06aHVtaWRpdHkAAAANc3VtOndpbmRTcGVlZAAAABFz"
          + "dW06cHJlY2lwaXRhdGlvbgAAAAMAAAAUZXh0cmVtZXM6dGVtcGVyYXR1cmUAAAARZXh0cmVtZXM6aHVt"
          + "aWRpdHkAAAASZXh0cmVtZXM6d2luZFNwZWVkAAAAAAAAAAEAAAAedmVjdG9yOndpbmRTcGVlZCx3aW5k"
          + "RGlyZWN0aW9uAAAAAQAAABB0ZXh0czpjb25kaXRpb25z";

  /** What it wrote of {@link #cell}. */
  private static final String OLD_CELL =
      "AAAAAWEAAAAAAAAACgAAAAAAAAAUAAAAAAAAAAIAAAAAAAAAAQAAAAAAAAACAAAAAAAAAAIAAAAAAAAA"
          + "AgAAAAAAAAACAAAAAAJiWgAAAAAAAAAAAAAAAAAHJw4AAAAAAAAAAAAAAAAAATEtAAAAAAAAAAAAAAAA"
          + "AAAAAAAAAAAAAAAAAEA0AAAAAAAAQDQAAAAAAABATgAAAAAAAEBOAAAAAAAAQCQAAAAAAABAJAAAAAAA"
          + "AAAAAAAAAAAC//////8oNUj//////////wAAAAAA18q4AAAAAAAAAAAAAAAAAAAAAgAAAAEAAAAFU3Vu"
          + "bnkAAAAAAAAAAgAAAAA=";

  private final GoldLayout layout = GoldCells.layout(WEATHER);
  private final TypeSerializer<GoldState> serializer = serializer(WEATHER);

  private static TypeSerializer<GoldState> serializer(Contract contract) {
    return new GoldCellType(GoldCells.layout(contract).names())
        .createSerializer(new SerializerConfigImpl());
  }

  private GoldCell cell() {
    GoldCell cell = new GoldCell(layout.names(), "a", 10, 20);
    cell.add(WeatherEvents.event("a", 12), layout);
    cell.add(WeatherEvents.event("a", 13), layout);
    return cell;
  }

  @Test
  void aCellSurvives() throws Exception {
    assertThat(copy(cell(), serializer, serializer)).usingRecursiveComparison().isEqualTo(cell());
    assertThat(serializer.copy(cell())).usingRecursiveComparison().isEqualTo(cell());
  }

  @Test
  void aCellOfTheReleaseBeforeIsRead() throws Exception {
    TypeSerializerSnapshot<GoldState> snapshot =
        TypeSerializerSnapshotSerializationUtil.readSerializerSnapshot(
            bytes(OLD_SNAPSHOT), getClass().getClassLoader());
    TypeSerializer<GoldState> old = snapshot.restoreSerializer();

    assertThat(old.deserialize(bytes(OLD_CELL))).usingRecursiveComparison().isEqualTo(cell());
    assertThat(compatibility(serializer, old).isCompatibleAsIs()).isTrue();
    assertThat(compatibility(serializer(PICKING), old).isCompatibleAfterMigration()).isTrue();
  }

  @Test
  void aSnapshotOfALaterReleaseIsRefused() {
    assertThatThrownBy(
            () ->
                new GoldCellSerializer.Snapshot()
                    .readSnapshot(3, bytes(OLD_SNAPSHOT), getClass().getClassLoader()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("form 3");
  }

  @Test
  void firstAndLastSurviveAndAreNullInWindowsThatBeganWithoutThem() throws Exception {
    GoldLayout picking = GoldCells.layout(PICKING);
    GoldCell cell = new GoldCell(picking.names(), "a", 10, 20);
    EventRecord event = WeatherEvents.event(4, "a", 12);
    event.offset = 5_000_000_000L;
    event.numbers[WeatherEvents.WIND_SPEED] = Double.NaN;
    cell.add(event, picking);

    TypeSerializer<GoldState> its = serializer(PICKING);
    assertThat(copy(cell, its, its)).usingRecursiveComparison().isEqualTo(cell);
    assertThat(copy(cell, restored(its), restored(its))).usingRecursiveComparison().isEqualTo(cell);
    assertThat(its.copy(cell)).usingRecursiveComparison().isEqualTo(cell);
    assertThat(cell.picks[0].asDouble()).isEqualTo(20);
    assertThat(cell.picks[1].asText()).isEqualTo("Sunny");
    assertThat(cell.picks[2].asText()).isEqualTo("a");
    assertThat(cell.picks[3].isThere()).isFalse();
    GoldCell migrated = (GoldCell) copy(cell(), its, its);
    assertThat(picking.names().picks())
        .containsExactly(
            "first:temperature", "lastText:conditions", "lastText:stationId", "first:beaufort")
        .noneMatch(migrated::isComplete);
    assertThat(migrated.isComplete("sum:temperature")).isTrue();
    assertThat(migrated.isComplete("")).isTrue();
  }

  @Test
  void aCellOfAWindowThatBeganBeforeItsPathSaysSoWhateverItIsAddedTo() throws Exception {
    GoldCell began = cell();
    began.beganBefore();
    GoldCell copy = (GoldCell) copy(began, serializer, serializer);
    GoldCell sum = cell();
    sum.add(copy);

    assertThat(sum.isComplete("")).isFalse();
    assertThat(sum.isComplete("sum:temperature")).isFalse();
    assertThat(cell().isComplete("")).isTrue();
  }

  private static DataInputDeserializer bytes(String base64) {
    return new DataInputDeserializer(Base64.getDecoder().decode(base64));
  }

  @Test
  void aCellOfAnotherContractIsReadAndWhatItDoesNotKnowIsSaid() throws Exception {
    TypeSerializer<GoldState> restored = restored(serializer);
    TypeSerializer<GoldState> newer = serializer(MORE);

    assertThat(compatibility(newer, serializer).isCompatibleAfterMigration()).isTrue();
    assertThat(compatibility(serializer, serializer).isCompatibleAsIs()).isTrue();
    GoldCell migrated = (GoldCell) copy(restored.copy(cell()), newer, newer);

    assertThat(migrated.incomplete).containsExactly("sum:dewPoint");
    assertThat(migrated.names).isEqualTo(GoldCells.layout(MORE).names());
    assertThat(migrated.toCell(layout.names()).sums).isEqualTo(cell().sums);
    GoldCell back = (GoldCell) copy(migrated, serializer, serializer);
    back.incomplete = Set.of();
    assertThat(back).usingRecursiveComparison().isEqualTo(cell());
  }

  @Test
  void windowsOfReleasesBeforeContractsAreRead() throws Exception {
    WindowAggregate old = new WindowAggregate();
    old.stationId = "a";
    old.windowStart = 10;
    old.windowEnd = 20;
    old.eventCount = 2;
    old.stationCount = 1;
    old.temperatureSum = 40_000_000;
    old.humiditySum = 120_000_000;
    old.windSpeedSum = 20_000_000;
    old.minTemperature = 20;
    old.maxTemperature = 20;
    old.minHumidity = 60;
    old.maxHumidity = 60;
    old.minWindSpeed = 10;
    old.maxWindSpeed = 10;
    GoldCell expected = cell();
    old.windEastSum = expected.eastSums[0];
    old.windNorthSum = expected.northSums[0];
    old.conditions.putAll(Map.of("Sunny", 2L));
    TypeSerializer<WindowAggregate> pojo =
        TypeInformation.of(WindowAggregate.class).createSerializer(new SerializerConfigImpl());

    assertThat(compatibility(serializer, pojo).isCompatibleAfterMigration()).isTrue();
    GoldState migrated = copy(restored(pojo).copy(old), serializer, serializer);

    assertThat(migrated).usingRecursiveComparison().isEqualTo(expected);
  }

  /** What a state backend asks before it reads the state of an old serializer. */
  @SuppressWarnings("unchecked")
  private static TypeSerializerSchemaCompatibility<GoldState> compatibility(
      TypeSerializer<GoldState> newer, TypeSerializer<? extends GoldState> older) {
    return newer
        .snapshotConfiguration()
        .resolveSchemaCompatibility(
            (TypeSerializerSnapshot<GoldState>) older.snapshotConfiguration());
  }

  /** As a savepoint brings it back. */
  private static <T> TypeSerializer<T> restored(TypeSerializer<T> serializer) throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshotSerializationUtil.writeSerializerSnapshot(
        out, serializer.snapshotConfiguration());
    return TypeSerializerSnapshotSerializationUtil.<T>readSerializerSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()),
            GoldCellSerializerTest.class.getClassLoader())
        .restoreSerializer();
  }

  private static GoldState copy(
      GoldState value, TypeSerializer<GoldState> writer, TypeSerializer<GoldState> reader)
      throws Exception {
    DataOutputSerializer out = new DataOutputSerializer(64);
    writer.serialize(value, out);
    return reader.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
