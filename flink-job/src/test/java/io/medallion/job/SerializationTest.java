package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.job.late.LatenessState;
import io.medallion.job.testing.WeatherEvents;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.types.PojoTestUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerializationTest {

  @ParameterizedTest
  @ValueSource(
      classes = {EventRecord.class, Text.class, WindowAggregate.class, LatenessState.class})
  void nothingOnTheWireOrInStateFallsBackToKryo(Class<?> type) {
    PojoTestUtils.assertSerializedAsPojoWithoutKryo(type);
  }

  @Test
  void anEventSurvivesABrokenChain() throws Exception {
    EventRecord event = WeatherEvents.event(3, "station", 12);
    event.offset = 7;
    event.key = "key".getBytes(StandardCharsets.UTF_8);
    event.headerNames = new String[] {"a", "b"};
    event.headerValues = new byte[][] {{1, 2}, null};
    event.eventId = new byte[] {5};

    assertThat(copy(event, EventRecord.class))
        .usingRecursiveComparison()
        .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
        .isEqualTo(event);
  }

  @Test
  void anEventWithNothingInItSurvivesToo() throws Exception {
    EventRecord event = new EventRecord();

    assertThat(copy(event, EventRecord.class)).usingRecursiveComparison().isEqualTo(event);
  }

  private static <T> T copy(T value, Class<T> type) throws Exception {
    TypeSerializer<T> serializer =
        TypeInformation.of(type).createSerializer(new SerializerConfigImpl());
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
