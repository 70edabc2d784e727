package io.medallion.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Field;
import io.medallion.generator.GeneratorOptions;
import io.medallion.generator.event.EventFactory;
import io.medallion.generator.event.EventMessage;
import io.medallion.generator.event.EventSpec;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.noise.Hash;
import io.medallion.job.decode.RecordDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That the generator's events of any contract are to the job what the generator says they are. */
class EventsOfContractsTest {

  private static final Path EXAMPLES = Path.of("../contracts/examples");
  private static final long TIME = 1_800_000_000_000L;
  private static final int SENDERS = 40;
  private static final int EVENTS = 2_000;

  private final EventRecord record = new EventRecord();

  /** The contracts that ship, the examples, and those of the test's own. */
  static List<String> contracts() throws IOException {
    List<String> names = new ArrayList<>(List.of("weather", "telemetry"));
    for (Path folder : List.of(EXAMPLES, file("envelope").getParent())) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(path -> path.getFileName().toString())
            .filter(name -> name.endsWith(".yaml"))
            .map(name -> name.replace(".yaml", ""))
            .forEach(names::add);
      }
    }
    return names;
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void anEventThatIsNotAskedToBeBrokenIsValid(String name) {
    Contract contract = contract(name);
    EventSpec spec = spec(contract);
    EventFactory factory = spec.factory(SENDERS, 7, TIME);
    RecordDecoder decoder = RecordDecoder.of(Rules.of(contract));
    Set<String> ids = new HashSet<>();
    Set<String> keys = new HashSet<>();

    for (int i = 0; i < EVENTS; i++) {
      long time = time(spec, i);
      EventMessage message = factory.valid(i % SENDERS, time, i, Hash.of(5, i));
      decode(
          decoder,
          message,
          time,
          event -> {
            assertThat(event.reason).as(() -> event.detail + " in " + text(message)).isNull();
            assertThat(event.isFlagged()).as(() -> text(message)).isFalse();
            assertThat(event.eventTime).as(() -> text(message)).isEqualTo(time);
            assertThat(event.tellsTime).isEqualTo(spec.tellsTime());
            keys.add(event.group.value);
            if (spec.hasId()) {
              assertThat(ids.add(new String(event.eventId, UTF_8))).isTrue();
            }
          });
    }

    assertThat(keys).hasSizeBetween(2, SENDERS).doesNotContain("unknown", "nobody");
  }

  @ParameterizedTest
  @MethodSource("contracts")
  void aBrokenEventIsRejectedForTheReasonThatItsKindIsNamedAfter(String name) {
    Contract contract = contract(name);
    EventSpec spec = spec(contract);
    EventFactory factory = spec.factory(SENDERS, 7, TIME);
    RecordDecoder decoder = RecordDecoder.of(Rules.of(contract));

    for (InvalidKind kind : spec.invalidKinds()) {
      for (int i = 0; i < EVENTS / 5; i++) {
        long time = time(spec, i);
        EventMessage message = factory.broken(kind, i % SENDERS, time, i, Hash.of(5, i));
        decode(decoder, message, time);

        assertThat(record.reason)
            .as(() -> kind + ": " + record.detail + " in " + text(message))
            .hasToString(kind.name());
      }
    }
  }

  @Test
  void eventsHaveAllTheTroublesThatTheirContractHasRoomFor() {
    assertThat(spec(contract("telemetry")).invalidKinds())
        .containsExactlyInAnyOrder(
            InvalidKind.EMPTY_BODY,
            InvalidKind.NULL_BODY,
            InvalidKind.INVALID_UTF8,
            InvalidKind.INVALID_JSON,
            InvalidKind.DUPLICATE_KEY,
            InvalidKind.TRAILING_DATA,
            InvalidKind.NOT_AN_OBJECT,
            InvalidKind.MISSING_FIELD,
            InvalidKind.NULL_FIELD,
            InvalidKind.WRONG_TYPE,
            InvalidKind.VALUE_NOT_ALLOWED,
            InvalidKind.OUT_OF_RANGE,
            InvalidKind.INVALID_TEXT,
            InvalidKind.INVALID_EVENT_TIME);
    assertThat(spec(contract("envelope")).invalidKinds()).contains(InvalidKind.values());
    assertThat(spec(contract("around")).invalidKinds())
        .contains(InvalidKind.INVALID_EVENT_TIME)
        .doesNotContain(
            InvalidKind.MISSING_FIELD,
            InvalidKind.NULL_FIELD,
            InvalidKind.WRONG_TYPE,
            InvalidKind.OUT_OF_RANGE);
  }

  @Test
  void everyOptionalFieldIsAbsentAtTimesAndARequiredOneNever() {
    Contract contract = contract("envelope");
    EventFactory factory = spec(contract).factory(SENDERS, 7, TIME);
    RecordDecoder decoder = RecordDecoder.of(Rules.of(contract));
    int[] present = new int[contract.fields().size()];

    for (int i = 0; i < EVENTS; i++) {
      decode(decoder, factory.valid(i % SENDERS, TIME, i, Hash.of(5, i)), TIME);
      for (int field = 0; field < present.length; field++) {
        present[field] += record.has(field) ? 1 : 0;
      }
    }

    for (int i = 0; i < present.length; i++) {
      Field field = contract.fields().get(i);
      if (field.required()) {
        assertThat(present[i]).as(field.name()).isEqualTo(EVENTS);
      } else if (field.name().equals("impossible")) {
        assertThat(present[i]).as(field.name()).isZero();
      } else {
        assertThat(present[i]).as(field.name()).isBetween(EVENTS * 8 / 10, EVENTS * 95 / 100);
      }
    }
  }

  @Test
  void aContractThatAllowsNoEventIsRefusedByTheNameOfTheValue() {
    Contract contract =
        ContractReader.read(
            "none.yaml",
            contract("envelope")
                .text()
                .replace("impossible: {type: long,", "impossible: {type: long, required: true,"));

    assertThatThrownBy(() -> spec(contract))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the contract envelope allows no event")
        .hasMessageContaining("'/data/impossible'");
  }

  @Test
  void aRecordThatMayHoldSeveralEventsHoldsSome() {
    for (String name : List.of("gateway", "meters")) {
      Contract contract = contract(name);
      EventFactory factory = spec(contract).factory(SENDERS, 7, TIME);
      RecordDecoder decoder = RecordDecoder.of(Rules.of(contract));
      Set<Integer> places = new HashSet<>();
      for (int i = 0; i < 50; i++) {
        EventMessage message = factory.valid(1, TIME, i, Hash.of(5, i));
        decode(decoder, message, TIME, event -> places.add(event.index));
      }
      assertThat(places).as(name).containsExactlyInAnyOrder(0, 1, 2);
    }
  }

  @Test
  void dataIsInATextWhereTheContractSaysSo() {
    EventMessage message = spec(contract("iothub")).factory(1, 7, TIME).valid(0, TIME, 0, 1);

    assertThat(text(message)).matches(".*\"body\":\"[A-Za-z0-9+/=]+\".*");
  }

  @Test
  void rulesThatNoEventKeepsAreTold() {
    Contract contract =
        ContractReader.read(
            "none.yaml",
            contract("rules").text().replace("high > low", "high > low && high < -1.0"));

    assertThatThrownBy(() -> spec(contract))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the contract rules allows no event that 1,000 attempts could find")
        .hasMessageContaining("breaks its rule ORDER, 'high > low && high < -1.0'");
  }

  @Test
  void aFieldWhoseValuesAllStandForNoneIsRefusedByName() {
    Contract contract =
        ContractReader.read("none.yaml", contract("coarse").text().replace("50, 52", "50, 51, 52"));

    assertThatThrownBy(() -> spec(contract))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no value of 'level' is right");
  }

  private void decode(RecordDecoder decoder, EventMessage message, long now) {
    decode(decoder, message, now, event -> {});
  }

  private void decode(
      RecordDecoder decoder, EventMessage message, long now, RecordDecoder.Events events) {
    record.key = message.key();
    record.body = message.value();
    record.headerNames = message.headers().stream().map(Header::key).toArray(String[]::new);
    record.headerValues = message.headers().stream().map(Header::value).toArray(byte[][]::new);
    record.enqueuedTime = now;
    decoder.decode(record, now, events);
  }

  private static long time(EventSpec spec, int i) {
    long time = TIME + i * 1_777L;
    return time - time % spec.timeUnitMillis();
  }

  private static EventSpec spec(Contract contract) {
    return GeneratorOptions.builder().contract(contract).build().spec();
  }

  private static Contract contract(String name) {
    Path example = EXAMPLES.resolve(name + ".yaml");
    return ContractReader.shipped(name)
        .orElseGet(() -> ContractReader.read(Files.exists(example) ? example : file(name)));
  }

  private static Path file(String name) {
    try {
      return Path.of(EventsOfContractsTest.class.getResource("/events/" + name + ".yaml").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String text(EventMessage message) {
    return message.value() == null ? "null" : new String(message.value(), UTF_8);
  }
}
