package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person is told of a body that is something else than JSON. */
class BodyFormTest {

  private static final String EVENT =
      "{\"temperature\": 20, \"humidity\": 60, \"windSpeed\": 10, \"windDirection\": \"NW\","
          + " \"precipitation\": 0, \"conditions\": \"Partly Cloudy\"}";

  private final EventDecoder decoder = EventDecoder.standard();
  private final EventRecord record = new EventRecord();

  @Test
  void compressedBodiesAreCalledSo() throws IOException {
    ByteArrayOutputStream gzip = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(gzip)) {
      out.write(EVENT.getBytes(UTF_8));
    }
    ByteArrayOutputStream zlib = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(zlib)) {
      out.write(EVENT.getBytes(UTF_8));
    }

    assertThat(detail(gzip.toByteArray())).isEqualTo("the body is compressed with gzip");
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_UTF8);
    assertThat(detail(zlib.toByteArray())).isEqualTo("the body is compressed with zlib (deflate)");
    assertThat(detail(HexFormat.of().parseHex("28b52ffd00ff")))
        .isEqualTo("the body is compressed with Zstandard");
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "0000002a, 42", "00010203, 66051", "7f0000ff, 2130706687"})
  void aSchemaRegistrysPrefixIsToldFromAnEncoding(String id, int number) {
    String prefix = "00" + "0".repeat(8 - id.length()) + id;

    assertThat(detail(HexFormat.of().parseHex(prefix + HexFormat.of().formatHex(bytes(EVENT)))))
        .isEqualTo(
            "the body is in the wire format of Confluent's Schema Registry (schema id %d, then JSON)"
                .formatted(number));
    assertThat(detail(HexFormat.of().parseHex(prefix + "02ffee")))
        .endsWith("Schema Registry (schema id %d)".formatted(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-32BE", "UTF-32LE"})
  void encodingsAreCalledByTheirName(String encoding) {
    String name = encoding.substring(0, 6);

    assertThat(detail(EVENT.getBytes(Charset.forName(encoding)))).isEqualTo("the body is " + name);
    assertThat(detail(('\uFEFF' + EVENT).getBytes(Charset.forName(encoding))))
        .isEqualTo("the body is " + name);
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_UTF8);
  }

  @Test
  void aByteOrderMarkIsCalledSo() {
    assertThat(detail(bytes('\uFEFF' + EVENT)))
        .startsWith("the body is UTF-8 with a byte order mark");
  }

  @Test
  void otherFormsAreCalledByTheirName() {
    assertThat(detail(bytes("<weather temperature='20'/>"))).isEqualTo("the body is XML or HTML");
    assertThat(record.reason).isEqualTo(RejectReason.INVALID_JSON);
    assertThat(detail(HexFormat.of().parseHex("4f626a0104"))).isEqualTo("the body is Avro");
    assertThat(detail(HexFormat.of().parseHex("c3010c93"))).isEqualTo("the body is Avro");
    assertThat(detail(bytes("PK\u0003\u0004"))).isEqualTo("the body is a ZIP archive");
    assertThat(detail(bytes("PAR1"))).isEqualTo("the body is a Parquet file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'\u0000'|the event is followed by 1 zero byte (NUL) from byte 126 on",
        "'\u0000\u0000\u0000'|the event is followed by 3 zero bytes (NUL) from byte 126 on",
        "' {}'|another JSON value follows the event at byte 127: a record may hold one event",
        "'\n[]'|another JSON value follows the event at byte 127: a record may hold one event",
        "';'|something follows the event at byte 126: ';'",
        "' x'|something follows the event at byte 127: 'x'",
        "'\u0007'|something follows the event at byte 126: '\\u0007'"
      })
  void whatFollowsAnEventIsSaidAndWhere(String rest, String detail) {
    assertThat(detail(bytes(EVENT + rest))).isEqualTo(detail);
    assertThat(record.reason).isEqualTo(RejectReason.TRAILING_DATA);
  }

  @Test
  void noBytesAreTooFewForIt() {
    byte[] values = {0, 1, 2, (byte) 0xFF, '{'};
    for (int length = 1; length <= 6; length++) {
      byte[] body = new byte[length];
      for (int number = 0; number < Math.pow(values.length, length); number++) {
        for (int i = 0, rest = number; i < length; i++, rest /= values.length) {
          body[i] = values[rest % values.length];
        }
        assertThat(detail(body)).isNotEmpty();
      }
    }
  }

  private String detail(byte[] body) {
    decoder.decode(body, record);
    return record.detail;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
