package io.medallion.job.table;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/**
 * One primitive value in the encoding of AMQP 1.0 (OASIS, part 1, section 1.6): a type code, for
 * some types a length, and the value, big endian. Event Hubs gives a property that an AMQP sender
 * set to Kafka clients in this form. Decimals are left out: nothing here could show them, and a
 * text of five letters from "t" on would be taken for one.
 *
 * @param text the value for people, of binary its bytes; null for AMQP's null
 */
record AmqpPrimitive(String text) {

  private static final int SHORT_LENGTH = Byte.BYTES;
  private static final int LONG_LENGTH = Integer.BYTES;

  /** The value in these bytes; empty if they are anything else than one whole primitive. */
  static Optional<AmqpPrimitive> parse(byte[] bytes) {
    if (bytes.length == 0) {
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int code = in.get() & 0xFF;
    return switch (code) {
      case 0x40 -> fixed(in, 0, () -> null);
      case 0x41 -> fixed(in, 0, () -> "true");
      case 0x42 -> fixed(in, 0, () -> "false");
      case 0x43, 0x44 -> fixed(in, 0, () -> "0");
      case 0x56 -> flag(in);
      case 0x50, 0x52, 0x53 -> fixed(in, 1, () -> Integer.toString(in.get() & 0xFF));
      case 0x51, 0x54, 0x55 -> fixed(in, 1, () -> Integer.toString(in.get()));
      case 0x60 -> fixed(in, 2, () -> Integer.toString(in.getShort() & 0xFFFF));
      case 0x61 -> fixed(in, 2, () -> Integer.toString(in.getShort()));
      case 0x70 -> fixed(in, 4, () -> Integer.toUnsignedString(in.getInt()));
      case 0x71 -> fixed(in, 4, () -> Integer.toString(in.getInt()));
      case 0x72 -> fixed(in, 4, () -> Float.toString(in.getFloat()));
      case 0x73 -> character(in);
      case 0x80 -> fixed(in, 8, () -> Long.toUnsignedString(in.getLong()));
      case 0x81 -> fixed(in, 8, () -> Long.toString(in.getLong()));
      case 0x82 -> fixed(in, 8, () -> Double.toString(in.getDouble()));
      case 0x83 -> fixed(in, 8, () -> Instant.ofEpochMilli(in.getLong()).toString());
      case 0x98 -> fixed(in, 16, () -> new UUID(in.getLong(), in.getLong()).toString());
      case 0xA0 -> binary(in, SHORT_LENGTH);
      case 0xB0 -> binary(in, LONG_LENGTH);
      case 0xA1 -> text(in, SHORT_LENGTH, UTF_8);
      case 0xB1 -> text(in, LONG_LENGTH, UTF_8);
      case 0xA3 -> text(in, SHORT_LENGTH, US_ASCII);
      case 0xB3 -> text(in, LONG_LENGTH, US_ASCII);
      default -> Optional.empty();
    };
  }

  private interface Value {
    String read();
  }

  private static Optional<AmqpPrimitive> fixed(ByteBuffer in, int length, Value value) {
    return in.remaining() == length
        ? Optional.of(new AmqpPrimitive(value.read()))
        : Optional.empty();
  }

  private static Optional<AmqpPrimitive> flag(ByteBuffer in) {
    boolean isFlag = in.remaining() == 1 && (in.get(1) == 0 || in.get(1) == 1);
    return isFlag
        ? Optional.of(new AmqpPrimitive(Boolean.toString(in.get(1) == 1)))
        : Optional.empty();
  }

  /** Passes over a length; whether the bytes left are that many. */
  private static boolean hasItsLength(ByteBuffer in, int lengthBytes) {
    if (in.remaining() < lengthBytes) {
      return false;
    }
    int length = lengthBytes == SHORT_LENGTH ? in.get() & 0xFF : in.getInt();
    return length == in.remaining();
  }

  private static Optional<AmqpPrimitive> binary(ByteBuffer in, int lengthBytes) {
    return hasItsLength(in, lengthBytes)
        ? Optional.of(new AmqpPrimitive(hex(in)))
        : Optional.empty();
  }

  private static String hex(ByteBuffer in) {
    byte[] value = new byte[in.remaining()];
    in.get(value);
    return ShownText.HEX + HexFormat.of().formatHex(value);
  }

  /** A char is UTF-32. */
  private static Optional<AmqpPrimitive> character(ByteBuffer in) {
    if (in.remaining() != Integer.BYTES || !isCharacter(in.getInt(1))) {
      return Optional.empty();
    }
    return Optional.of(new AmqpPrimitive(Character.toString(in.getInt(1))));
  }

  private static boolean isCharacter(int codePoint) {
    return Character.isValidCodePoint(codePoint)
        && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
  }

  private static Optional<AmqpPrimitive> text(ByteBuffer in, int lengthBytes, Charset charset) {
    if (!hasItsLength(in, lengthBytes)) {
      return Optional.empty();
    }
    try {
      return Optional.of(new AmqpPrimitive(charset.newDecoder().decode(in).toString()));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
