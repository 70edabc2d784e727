package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.Origin;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.event.EventMessage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What a record has around its body: key, time and id, where the contract takes them from the key
 * of the record or from a header. A key of which it takes nothing is the sender.
 */
final class Surroundings {

  private static final byte[] NO_TIME = "yesterday".getBytes(UTF_8);

  private final ValueMaker sender;
  private final Optional<Role> inRecordKey;
  private final Map<String, Role> inHeaders = new LinkedHashMap<>();
  private final List<ValueMaker> keyParts;
  private final String join;
  private final RoleValues values;
  private final ByteWriter out = new ByteWriter(64);

  Surroundings(EventForm event, Origins origins, List<Leaf> leaves) {
    this.values = new RoleValues(event);
    this.sender = sender(origins, leaves);
    this.join = event.key().join();
    this.keyParts =
        origins.of(Role.KEY).stream()
            .flatMap(Origin::single)
            .map(
                part ->
                    leaves.stream()
                        .filter(leaf -> new Origin.InField(leaf.path()).equals(part))
                        .findFirst()
                        .map(Leaf::maker)
                        .orElse(sender))
            .toList();
    this.inRecordKey = origins.firstAt(new Origin.RecordKey());
    for (Role role : Role.values()) {
      origins.of(role).stream()
          .flatMap(Origin::single)
          .filter(Origin.InHeader.class::isInstance)
          .forEach(header -> inHeaders.putIfAbsent(((Origin.InHeader) header).name(), role));
    }
  }

  /** As the key, or its first part, is in the body, if it is there. */
  private ValueMaker sender(Origins origins, List<Leaf> leaves) {
    return origins.of(Role.KEY).stream()
        .flatMap(Origin::single)
        .flatMap(
            origin ->
                leaves.stream()
                    .filter(leaf -> new Origin.InField(leaf.path()).equals(origin))
                    .filter(leaf -> origins.firstAt(origin).equals(Optional.of(Role.KEY))))
        .findFirst()
        .map(Leaf::maker)
        .orElseGet(() -> values.outside(Role.KEY));
  }

  /**
   * The record around a body.
   *
   * @param hasTime whether a time outside of the body is one
   */
  EventMessage around(byte[] body, Moment moment, boolean hasTime) {
    byte[] name = withoutQuotes(bytes(sender, moment));
    byte[] key = inRecordKey.map(role -> value(role, name, moment, hasTime)).orElse(name);
    List<Header> headers = new ArrayList<>();
    inHeaders.forEach(
        (header, role) ->
            headers.add(new RecordHeader(header, value(role, name, moment, hasTime))));
    return new EventMessage(name, key, body, headers);
  }

  /** What the key of the event is. */
  String key(Moment moment) {
    return keyParts.stream()
        .map(part -> new String(withoutQuotes(bytes(part, moment)), UTF_8))
        .collect(Collectors.joining(join));
  }

  private byte[] value(Role role, byte[] name, Moment moment, boolean hasTime) {
    return switch (role) {
      case KEY -> name;
      case TIME -> hasTime ? bytes(values.outside(role), moment) : NO_TIME;
      case ID -> bytes(values.outside(role), moment);
    };
  }

  private byte[] bytes(ValueMaker maker, Moment moment) {
    out.clear();
    maker.write(moment, out);
    return out.toBytes();
  }

  private static byte[] withoutQuotes(byte[] json) {
    boolean isQuoted = json.length > 0 && json[0] == '"';
    return isQuoted ? Arrays.copyOfRange(json, 1, json.length - 1) : json;
  }
}
