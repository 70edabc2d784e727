package io.medallion.job.gold;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.testing.WeatherEvents;
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
