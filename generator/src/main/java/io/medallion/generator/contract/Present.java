package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Field;
import io.medallion.contract.Literals;
import io.medallion.generator.event.ByteWriter;

/** Values that do not stand for no value by the contract, and those that do. */
final class Present {

  private static final int USUAL_LENGTH = 64;
  private static final int MOST_ATTEMPTS = 100;

  private Present() {}

  /** The same, but for values that stand for none. */
  static ValueMaker of(Field field, ValueMaker maker) {
    Literals missing = field.form().missing();
    if (missing.isEmpty()) {
      return maker;
    }
    return (moment, out) -> {
      ByteWriter value = new ByteWriter(USUAL_LENGTH);
      Moment attempt = moment;
      do {
        value.clear();
        maker.write(attempt, value);
        attempt = attempt.again();
      } while (isOneOf(missing, new String(value.toBytes(), UTF_8))
          && attempt.attempt() < moment.attempt() + MOST_ATTEMPTS);
      out.put(value.toBytes());
    };
  }

  /** Whether a value in JSON is one of these. */
  static boolean isOneOf(Literals literals, String json) {
    if (literals.isEmpty()) {
      return false;
    }
    boolean isText = json.startsWith("\"");
    String text = isText ? json.substring(1, json.length() - 1) : json;
    return (isText && literals.hasText(text))
        || (Literals.isNumber(text) && literals.hasNumber(Double.parseDouble(text)));
  }

  /** One of the contract's literals as JSON. */
  static byte[] json(String literal) {
    return Literals.isNumber(literal) ? literal.getBytes(UTF_8) : Words.json(literal);
  }
}
