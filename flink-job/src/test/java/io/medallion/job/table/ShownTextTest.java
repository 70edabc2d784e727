package io.medallion.job.table;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {

  /** Part 1, section 1.6 of the AMQP 1.0 standard. */
  @ParameterizedTest
  @CsvSource({
    "41, true",
    "42, false",
    "5600, false",
    "5601, true",
    "50ff, 255",
    "60ffff, 65535",
    "70ffffffff, 4294967295",
    "52ff, 255",
    "43, 0",
    "80ffffffffffffffff, 18446744073709551615",
    "53ff, 255",
    "44, 0",
    "51ff, -1",
    "61fffe, -2",
    "71fffffffd, -3",
    "54fc, -4",
    "81fffffffffffffffb, -5",
    "55fa, -6",
    "723fc00000, 1.5",
    "82bff8000000000000, -1.5",
    "73000000fc, ü",
    "730001f326, 🌦",
    "830000019b76daa800, 2026-01-01T00:00:00Z",
    "98000102030405060708090a0b0c0d0e0f, 00010203-0405-0607-0809-0a0b0c0d0e0f",
    "a00200ff, hex:00ff",
    "b00000000100, hex:00",
    "a1044bc3b66c, Köl",
    "b1000000026162, ab",
    "a3026162, ab",
    "b3000000026162, ab",
    "a100, ''"
  })
  void anAmqpPrimitiveIsShownAsItsValue(String hex, String shown) {
    assertThat(ShownText.ofHeader(HexFormat.of().parseHex(hex))).isEqualTo(shown);
  }

  @Test
  void amqpsNullIsNull() {
    assertThat(ShownText.ofHeader(new byte[] {0x40})).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "plain text", "Köln 🌦", "00-4bf92f3577b34da6a3ce929d0e0e4736-01", "{}"})
  void anyOtherUtf8IsShownAsItIs(String text) {
    assertThat(ShownText.ofHeader(text.getBytes(UTF_8))).isEqualTo(text);
    assertThat(ShownText.ofKey(text.getBytes(UTF_8))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ff", // no type code
        "a105616263", // shorter than its length
        "a10161626364", // longer
        "b1ffffffff61", // a length below zero
        "b17fffffff61",
        "a101ff", // no UTF-8
        "a301c3", // no ASCII
        "80c3", // cut off
        "98c3",
        "5602c3",
        "7300110000ff", // too long for a char
        "73001100c3",
        "730000d8c3"
      })
  void whatIsNeitherIsShownInHex(String hex) {
    assertThat(ShownText.ofHeader(HexFormat.of().parseHex(hex))).isEqualTo("hex:" + hex);
  }

  /**
   * Which of the two a sender meant can't be told from the bytes: Event Hubs' own senders count.
   */
  @Test
  void aTextThatIsAnAmqpPrimitiveTooIsShownAsThat() {
    assertThat(ShownText.ofHeader("US".getBytes(UTF_8))).isEqualTo("83");
    assertThat(ShownText.ofHeader("A".getBytes(UTF_8))).isEqualTo("true");
  }

  @Test
  void aKeyIsNoAmqpValue() {
    assertThat(ShownText.ofKey(new byte[] {0x41})).isEqualTo("A");
    assertThat(ShownText.ofKey(new byte[] {(byte) 0xA1, 1, 'a'})).isEqualTo("hex:a10161");
  }

  @Test
  void whatIsEncodedIsShownWhateverItsValue() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      long bits = random.nextLong() >> random.nextInt(64);
      long millis = bits >> 8;
      UUID uuid = new UUID(bits, random.nextLong());
      String text =
          random
              .ints(i % 300, 0x20, 0xD7FF)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      assertShown(Long.toString(bits), 0x81, longs(bits));
      assertShown(Long.toUnsignedString(bits), 0x80, longs(bits));
      assertShown(Integer.toString((int) bits), 0x71, ints((int) bits));
      assertShown(Integer.toUnsignedString((int) bits), 0x70, ints((int) bits));
      assertShown(Double.toString(Double.longBitsToDouble(bits)), 0x82, longs(bits));
      assertShown(Float.toString(Float.intBitsToFloat((int) bits)), 0x72, ints((int) bits));
      assertShown(Instant.ofEpochMilli(millis).toString(), 0x83, longs(millis));
      assertShown(
          uuid.toString(),
          0x98,
          longs(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits()));
      assertShown(text, 0xB1, sized(text.getBytes(UTF_8)));
    }
  }

  @Test
  void noBytesAreTooMuchForIt() {
    Random random = new Random(2);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);

      String shown = ShownText.ofHeader(bytes);

      boolean isNull = bytes.length == 1 && bytes[0] == 0x40;
      assertThat(shown == null).isEqualTo(isNull);
      // A replacement character would be a byte that is gone.
      assertThat(
              isNull || shown.indexOf('\uFFFD') < 0 || new String(bytes, UTF_8).indexOf(shown) >= 0)
          .isTrue();
    }
  }

  private static void assertShown(String shown, int code, byte[] value) {
    byte[] bytes = ByteBuffer.allocate(1 + value.length).put((byte) code).put(value).array();
    assertThat(ShownText.ofHeader(bytes)).isEqualTo(shown);
  }

  private static byte[] longs(long... values) {
    ByteBuffer out = ByteBuffer.allocate(values.length * Long.BYTES);
    for (long value : values) {
      out.putLong(value);
    }
    return out.array();
  }

  private static byte[] ints(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
  }

  private static byte[] sized(byte[] value) {
    return ByteBuffer.allocate(Integer.BYTES + value.length)
        .putInt(value.length)
        .put(value)
        .array();
  }
}
