package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.generator.event.ByteWriter;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the values of an event that is made are to the rules of its contract. */
final class MadeValues {

  private static final JsonMapper JSON = new JsonMapper();

  private final Contract contract;
  private final Surroundings surroundings;
  private final Map<String, Leaf> leaves = new HashMap<>();
  private final ByteWriter out = new ByteWriter(Field.MAX_TEXT);

  MadeValues(Contract contract, List<Leaf> leaves, Surroundings surroundings) {
    this.contract = contract;
    this.surroundings = surroundings;
    for (Leaf leaf : leaves) {
      leaf.field().ifPresent(field -> this.leaves.put(field.name(), leaf));
    }
  }

  /** The value of a name in an expression; null if the event has none. */
  Object of(String name, Moment moment) {
    if (name.equals("eventTime")) {
      return Instant.ofEpochMilli(moment.time());
    }
    Leaf leaf = leaves.get(name);
    if (leaf == null) {
      return name.equals(contract.keyColumn()) ? surroundings.key(moment) : null;
    }
    out.clear();
    boolean isThere = leaf.write(moment, out);
    return isThere ? value(leaf, new String(out.toBytes(), UTF_8), moment) : null;
  }

  private static Object value(Leaf leaf, String json, Moment moment) {
    Field field = leaf.field().orElseThrow();
    if (Present.isOneOf(field.form().missing(), json)) {
      return null;
    }
    JsonNode node = node(json);
    return switch (field.type()) {
      case DOUBLE -> field.converted(number(field, node));
      case LONG -> Long.parseLong(node.asText());
      case BOOLEAN ->
          node.asText().equals("true") || Present.isOneOf(field.form().trueValues(), json);
      case STRING -> node.asText();
      case TIMESTAMP -> {
        long exact =
            leaf.roles().isEmpty() ? Times.millisBefore(moment, leaf.salt()) : moment.time();
        yield Instant.ofEpochMilli(Times.asRead(field.format(), node, exact, moment.run()));
      }
      case COMPASS -> node.isTextual() ? degrees(node.asText()) : node.asDouble();
    };
  }

  private static double number(Field field, JsonNode node) {
    String text = node.asText();
    return Double.parseDouble(field.form().decimalComma() ? text.replace(',', '.') : text);
  }

  private static double degrees(String name) {
    byte[] bytes = name.getBytes(UTF_8);
    return CompassPoint.parse(bytes, 0, bytes.length).degrees();
  }

  private static JsonNode node(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON was made: " + json, e);
    }
  }
}
