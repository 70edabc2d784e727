package io.medallion.job.decode;

import io.medallion.job.event.EventLimits;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.RangeCheck;
import io.medallion.job.rules.Rules;
import java.io.IOException;
import org.apache.flink.formats.json.JsonDeserializationSchema;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.ErrorReportConfiguration;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonFactory;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamReadConstraints;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.StreamReadFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.json.JsonReadFeature;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.exc.MismatchedInputException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.module.SimpleModule;

/**
 * Decodes events with Flink's JSON format: its {@link JsonDeserializationSchema}, given a mapper
 * that is strict (RFC 8259, and beside it only {@code NaN}, {@code Infinity} and {@code -Infinity}
 * as values that are no numbers) and streams the fields straight into the record. It is the one
 * definition of what is accepted and of every reject reason.
 *
 * <p>Memory and time are bounded by {@link EventLimits} whatever the input.
 */
final class JsonEventDecoder implements EventDecoder {

  private static final StreamReadConstraints LIMITS =
      StreamReadConstraints.builder()
          .maxNestingDepth(EventLimits.NESTING)
          .maxNumberLength(EventLimits.NUMBER_DIGITS)
          .maxNameLength(EventLimits.NAME_LENGTH)
          .build();

  private final int values;
  private final RangeCheck ranges;
  private final Utf8 utf8 = new Utf8();
  private final JsonEventReader deserializer;
  private final JsonDeserializationSchema<EventRecord> schema;

  JsonEventDecoder(Rules rules) {
    this(rules, new FieldTree(rules.contract()));
  }

  JsonEventDecoder(Rules rules, FieldTree tree) {
    this.values = rules.contract().valueCount();
    this.ranges = rules.rangeCheck();
    JsonEventReader streaming = new JsonEventReader(tree);
    deserializer = streaming;
    schema = new JsonDeserializationSchema<>(EventRecord.class, () -> strictMapper(streaming));
    schema.open(null);
  }

  private static ObjectMapper strictMapper(JsonEventReader deserializer) {
    JsonFactory factory =
        JsonFactory.builder()
            .streamReadConstraints(LIMITS)
            .errorReportConfiguration(
                ErrorReportConfiguration.builder().maxErrorTokenLength(32).build())
            // Names come from outside: interning them would fill a table that nobody empties.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            // A crowd of colliding names may be slow, but must not throw.
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            // A value of its field alone: an event with one is not as broken as one that ends
            // early.
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    return JsonMapper.builder(factory)
        .addModule(new SimpleModule().addDeserializer(EventRecord.class, deserializer))
        .build();
  }

  @Override
  public void decode(byte[] body, EventRecord record) {
    record.clearDecoded(values);
    if (isReadable(body, record)) {
      parse(body, record);
    }
    if (record.isValid()) {
      ranges.check(record);
    }
  }

  private boolean isReadable(byte[] body, EventRecord record) {
    if (body == null) {
      record.reject(RejectReason.NULL_BODY, "the record has no value");
    } else if (body.length == 0) {
      record.reject(RejectReason.EMPTY_BODY, "the body has no bytes");
    } else if (body.length > EventLimits.BODY_BYTES) {
      record.reject(
          RejectReason.BODY_TOO_LARGE,
          "%d bytes, at most %d are allowed".formatted(body.length, EventLimits.BODY_BYTES));
    } else {
      String defect = utf8.defect(body);
      if (defect != null) {
        record.reject(RejectReason.INVALID_UTF8, defect);
      }
    }
    return record.isValid();
  }

  private void parse(byte[] body, EventRecord record) {
    deserializer.fill(record, body);
    try {
      schema.deserialize(body);
    } catch (MismatchedInputException e) {
      // Thrown by the mapper alone, and only where it finds no first token.
      record.reject(RejectReason.EMPTY_BODY, "the body has nothing but white space");
    } catch (JsonProcessingException e) {
      String form = BodyForm.guess(body);
      record.reject(RejectReason.INVALID_JSON, form == null ? describe(e) : "the body is " + form);
    } catch (IOException | RuntimeException e) {
      record.reject(RejectReason.INVALID_JSON, SafeText.escape(e.toString()));
    }
  }

  private static String describe(JsonProcessingException e) {
    String message = SafeText.escape(String.valueOf(e.getOriginalMessage()));
    return e.getLocation() == null
        ? message
        : "byte %d: %s".formatted(e.getLocation().getByteOffset(), message);
  }
}
