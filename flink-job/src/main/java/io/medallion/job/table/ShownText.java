package io.medallion.job.table;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Bytes that a sender chose, as text for people: what is UTF-8 as it is, anything else as {@code
 * hex:} and its bytes. The bytes themselves are in columns of their own.
 */
public final class ShownText {

  /** What stands before bytes that are no text. */
  public static final String HEX = "hex:";

  private ShownText() {}

  /** A record's key. */
  public static String ofKey(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return HEX + HexFormat.of().formatHex(bytes);
    }
  }

  /** A header's value: one that is an AMQP primitive, as a value; null for AMQP's null. */
  public static String ofHeader(byte[] bytes) {
    Optional<AmqpPrimitive> primitive = AmqpPrimitive.parse(bytes);
    return primitive.isPresent() ? primitive.get().text() : ofKey(bytes);
  }
}
