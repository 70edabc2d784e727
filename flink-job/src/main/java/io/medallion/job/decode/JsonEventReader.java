package io.medallion.job.decode;

import io.medallion.contract.EventForm;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParseException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonParser;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonToken;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.DeserializationContext;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.JsonDeserializer;

/**
 * Streams one JSON object into the record set by {@link #fill}, token by token, without a tree.
 *
 * <p>Defects of fields are noted on the record and reading goes on to the end of the body, so that
 * a syntax error behind them is still found. Only syntax errors are thrown. Unknown fields are
 * skipped, but held to the same strictness. One instance a thread.
 */
final class JsonEventReader extends JsonDeserializer<EventRecord> {

  /** What Python and others write for numbers that are none, which JSON does not know. */
  private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

  private final FieldTree tree;
  private final SeenFields seen;
  private final StrictValues values;
  private final UnknownValues unknown;
  private EventRecord record;
  private byte[] body;

  JsonEventReader(FieldTree tree) {
    this.tree = tree;
    this.seen = new SeenFields(tree);
    EventForm event = tree.contract().event();
    this.values = new StrictValues(event);
    this.unknown = new UnknownValues(event.unknownFields());
  }

  /** Sets the record that the next {@link #deserialize} fills, and the body that it will read. */
  void fill(EventRecord target, byte[] source) {
    record = target;
    body = source;
    unknown.start(target, source);
  }

  @Override
  public EventRecord deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      seen.start();
      readMembers(tree.root(), parser);
      if (!seen.areEnough()) {
        record.reject(RejectReason.MISSING_FIELD, seen.missing() + " is missing");
      }
    } else {
      record.reject(RejectReason.NOT_AN_OBJECT, "the body is " + kind(parser.currentToken()));
      skip(parser, parser.currentToken());
      parser.finishToken();
    }
    unknown.end();
    rejectTrailingData(parser);
    return record;
  }

  /** How Jackson hands over a body that is the literal null. */
  @Override
  public EventRecord getNullValue(DeserializationContext context) {
    record.reject(RejectReason.NOT_AN_OBJECT, "the body is null");
    try {
      rejectTrailingData(context.getParser());
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory", e);
    }
    return record;
  }

  private void readMembers(FieldTree.Node object, JsonParser parser) throws IOException {
    Set<String> names = new HashSet<>();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      JsonToken token = parser.nextToken();
      if (!names.add(name)) {
        rejectDuplicate(name);
      }
      FieldTree.Node member = object.members.get(name);
      if (member == null && name.equals(object.tellingMember)) {
        skip(parser, token);
      } else if (member == null) {
        skipUnknown(object, name, parser, token);
      } else {
        readMember(member, parser, token);
      }
    }
  }

  private void readMember(FieldTree.Node member, JsonParser parser, JsonToken token)
      throws IOException {
    if (member.slot != null) {
      readValue(member.slot, parser, token);
    } else if (token == JsonToken.START_OBJECT) {
      readMembers(member, parser);
    } else if (token == JsonToken.START_ARRAY) {
      readElements(member, parser);
    } else {
      // Whatever it is, the fields that would be in it are not there.
      skip(parser, token);
    }
  }

  /** Reads an array some of whose elements are known, by their places or one of their values. */
  private void readElements(FieldTree.Node array, JsonParser parser) throws IOException {
    int place = 0;
    for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      FieldTree.Node element = array.members.get(Integer.toString(place++));
      if (element == null && t == JsonToken.START_OBJECT && !array.elements.isEmpty()) {
        int start = (int) parser.currentTokenLocation().getByteOffset();
        element = array.members.get(array.elements.of(body, start));
      }
      if (element == null) {
        skip(parser, t);
      } else {
        readMember(element, parser, t);
      }
    }
  }

  private void skipUnknown(FieldTree.Node object, String name, JsonParser parser, JsonToken token)
      throws IOException {
    if (object.prefix == null) {
      skip(parser, token);
      return;
    }
    int start = (int) parser.currentTokenLocation().getByteOffset();
    skip(parser, token);
    parser.finishToken();
    unknown.add(object.prefix, name, start, (int) parser.currentLocation().getByteOffset());
  }

  private void readValue(Slot slot, JsonParser parser, JsonToken token) throws IOException {
    JsonToken kind = isNoNumber(parser, token) ? StrictValues.NO_NUMBER : token;
    if (slot.isField()) {
      readField(slot, parser, kind);
    }
    if (token != JsonToken.VALUE_NULL) {
      values.readRoles(slot, parser, kind, record);
      skip(parser, token);
    }
  }

  /** Whether it is a number to the parser, but none by JSON: those end with a digit. */
  private static boolean isNoNumber(JsonParser parser, JsonToken token) throws IOException {
    if (token != JsonToken.VALUE_NUMBER_FLOAT) {
      return false;
    }
    int last = parser.getTextOffset() + parser.getTextLength() - 1;
    return parser.getTextCharacters()[last] > '9';
  }

  private void readField(Slot slot, JsonParser parser, JsonToken token) throws IOException {
    boolean isNull = token == JsonToken.VALUE_NULL;
    boolean isAbsent = isNull || StrictValues.isMissing(slot.field(), parser, token);
    if (isAbsent && slot.hasOtherPlace()) {
      return;
    }
    boolean isPreferred = seen.isPreferred(slot);
    if (isAbsent) {
      // An optional field that is null says as much as one that is absent.
      if (slot.isRequired()) {
        record.reject(
            RejectReason.NULL_FIELD,
            isNull
                ? slot.path() + " is null"
                : "%s is %s, which stands for no value"
                    .formatted(slot.path(), SafeText.quote(parser.getText())));
      }
    } else if (isPreferred) {
      forget(slot);
      values.readField(slot, parser, token, record);
    } else {
      readBeside(slot, parser, token);
    }
  }

  /** Takes away what another place of the field has said. */
  private void forget(Slot slot) {
    if (slot.hasOtherPlace()) {
      record.numbers[slot.fieldIndex()] = Double.NaN;
      record.integers[slot.fieldIndex()] = EventRecord.ABSENT;
      record.texts[slot.fieldIndex()] = null;
    }
  }

  /** Reads a value that another one counts instead of; it has to be right all the same. */
  private void readBeside(Slot slot, JsonParser parser, JsonToken token) throws IOException {
    int field = slot.fieldIndex();
    double number = record.numbers[field];
    long integer = record.integers[field];
    Text text = record.texts[field];
    values.readField(slot, parser, token, record);
    record.numbers[field] = number;
    record.integers[field] = integer;
    record.texts[field] = text;
  }

  /** Passes over a value; what is inside of it is held to the same strictness. */
  private void skip(JsonParser parser, JsonToken token) throws IOException {
    if (token == JsonToken.START_OBJECT) {
      Set<String> names = new HashSet<>();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (!names.add(name)) {
          rejectDuplicate(name);
        }
        skip(parser, parser.nextToken());
      }
    } else if (token == JsonToken.START_ARRAY) {
      for (JsonToken t = parser.nextToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
        skip(parser, t);
      }
    } else if (isNoNumber(parser, token) && !NO_NUMBERS.contains(parser.getText())) {
      throw new JsonParseException(parser, "no JSON value: " + parser.getText());
    }
  }

  private void rejectTrailingData(JsonParser parser) throws IOException {
    int end = (int) parser.currentLocation().getByteOffset();
    try {
      if (parser.nextToken() == null) {
        return;
      }
    } catch (JsonParseException e) {
      // Not even JSON: trailing data all the same.
    }
    record.reject(RejectReason.TRAILING_DATA, BodyForm.rest(body, end));
  }

  private void rejectDuplicate(String name) {
    record.reject(RejectReason.DUPLICATE_KEY, SafeText.quote(name) + " is there twice");
  }

  /** What a token is, for people. */
  static String kind(JsonToken token) {
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "a string";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE -> "a boolean";
      case VALUE_EMBEDDED_OBJECT -> "NaN or infinite";
      default -> "null";
    };
  }
}
