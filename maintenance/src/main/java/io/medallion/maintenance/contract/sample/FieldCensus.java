package io.medallion.maintenance.contract.sample;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.JsonPath;
import io.medallion.contract.Origin;
import io.medallion.job.decode.ElementNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which places in bodies had values: those that the contract names and those that it does not. Of
 * bodies that are no JSON, what comes before the mistake counts. Memory is bounded.
 */
final class FieldCensus {

  /** So many names that the contract does not have are told at most. */
  static final int MAX_UNNAMED = 64;

  /** Names come from outside: each table of them would be filled, and copied for each body. */
  private final JsonFactory json =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private final Contract contract;
  private final Place root = new Place();
  private final Set<JsonPath> seen = new HashSet<>();
  private final Set<JsonPath> unnamed = new LinkedHashSet<>();
  private boolean hasMore;

  /** The body, and the last place in it that was asked for, in bytes of UTF-8 and in characters. */
  private byte[] bytes;

  private int byteOffset;
  private long charOffset;

  /** A member of an object that the contract names, or that leads to one. */
  private static final class Place {
    private final Map<String, Place> members = new HashMap<>();
    private final ElementNames elements = new ElementNames();
    private boolean isNamed;
  }

  FieldCensus(Contract contract) {
    this.contract = contract;
    Stream<JsonPath> fields =
        contract.fields().stream().map(Field::paths).flatMap(Collection::stream);
    Stream.concat(fields, origins(contract)).forEach(this::name);
  }

  private static Stream<JsonPath> origins(Contract contract) {
    return Stream.of(
            contract.event().key().from(),
            contract.event().timeFrom(),
            contract.event().id().from())
        .flatMap(List::stream)
        .flatMap(Origin::single)
        .filter(Origin.InField.class::isInstance)
        .map(origin -> ((Origin.InField) origin).path());
  }

  private void name(JsonPath path) {
    Place place = root;
    for (String name : path.names()) {
      place.elements.add(name);
      place = place.members.computeIfAbsent(name, unused -> new Place());
    }
    place.isNamed = true;
  }

  /** Counts a body in. */
  void add(byte[] body) {
    if (body == null) {
      return;
    }
    bytes = body;
    byteOffset = 0;
    charOffset = 0;
    try (JsonParser parser = json.createParser(body)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        readMembers(root, List.of(), parser);
      }
    } catch (IOException e) {
      // No JSON from here on: the decoder's verdict says so.
    }
  }

  private void readMembers(Place object, List<String> names, JsonParser parser) throws IOException {
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      Place member = object.members.get(name);
      List<String> path = new ArrayList<>(names);
      path.add(name);
      if (member == null) {
        addUnnamed(path);
      } else if (member.isNamed && token != JsonToken.VALUE_NULL) {
        seen.add(new JsonPath(path));
      } else if (token == JsonToken.START_OBJECT) {
        readMembers(member, path, parser);
        continue;
      } else if (token == JsonToken.START_ARRAY) {
        readElements(member, path, parser);
        continue;
      }
      parser.skipChildren();
    }
  }

  private void readElements(Place array, List<String> names, JsonParser parser) throws IOException {
    int index = 0;
    for (JsonToken t = parser.nextToken();
        t != null && t != JsonToken.END_ARRAY;
        t = parser.nextToken()) {
      String name = Integer.toString(index++);
      Place element = array.members.get(name);
      if (element == null && t == JsonToken.START_OBJECT) {
        int start = byteOffset(parser.currentTokenLocation().getCharOffset());
        String byValue = array.elements.of(bytes, start);
        name = byValue == null ? name : byValue;
        element = array.members.get(name);
      }
      List<String> path = new ArrayList<>(names);
      path.add(name);
      if (element != null && element.isNamed && t != JsonToken.VALUE_NULL) {
        seen.add(new JsonPath(path));
      } else if (element != null && t == JsonToken.START_OBJECT) {
        readMembers(element, path, parser);
        continue;
      }
      parser.skipChildren();
    }
  }

  /** A parser that does not keep names counts in characters. */
  private int byteOffset(long chars) {
    while (charOffset < chars && byteOffset < bytes.length) {
      int first = bytes[byteOffset] & 0xFF;
      int length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
      byteOffset += length;
      charOffset += length == 4 ? 2 : 1;
    }
    return byteOffset;
  }

  private void addUnnamed(List<String> path) {
    boolean isShort = path.get(path.size() - 1).length() <= JsonPath.MAX_NAME_LENGTH;
    if (!isShort || unnamed.size() == MAX_UNNAMED) {
      hasMore |= !unnamed.contains(new JsonPath(path));
    } else {
      unnamed.add(new JsonPath(path));
    }
  }

  /** The fields that no body had a value of. */
  List<String> neverSeen() {
    return contract.fields().stream()
        .filter(field -> field.paths().stream().noneMatch(seen::contains))
        .map(Field::name)
        .toList();
  }

  /** The places that the contract does not name, as JSON pointers or single names. */
  List<String> unnamed() {
    return unnamed.stream().map(JsonPath::toString).toList();
  }

  /** Whether there are others than {@link #unnamed}. */
  boolean hasMoreUnnamed() {
    return hasMore;
  }
}
