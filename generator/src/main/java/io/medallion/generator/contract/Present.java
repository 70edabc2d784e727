package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Field;
import io.medallion.contract.Literals;
import io.medallion.generator.event.ByteWriter;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Values that do not stand for no value by the contract, and those that do. */
final class Present {

  private static final int USUAL_LENGTH = 64;
  private static final int MOST_ATTEMPTS = 100;
  private static final byte[] NONE = {};

  private Present() {}

  /**
   * The same, but for values that stand for none; empty if all do.
   *
   * @param samples of what a maker makes
   */
  static Optional<ValueMaker> of(
      Field field, ValueMaker maker, Function<ValueMaker, Stream<String>> samples) {
    Literals missing = field.form().missing();
    if (missing.isEmpty()) {
      return Optional.of(maker);
    }
    return samples
        .apply(attempting(maker, missing, NONE))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> attempting(maker, missing, value.getBytes(UTF_8)));
  }

  private static ValueMaker attempting(ValueMaker maker, Literals missing, byte[] otherwise) {
    return (moment, out) -> {
      ByteWriter value = new ByteWriter(USUAL_LENGTH);
      Moment attempt = moment;
      for (int i = 0; i < MOST_ATTEMPTS; i++) {
        value.clear();
        maker.write(attempt, value);
        if (!isOneOf(missing, new String(value.toBytes(), UTF_8))) {
          out.put(value.toBytes());
          return;
        }
        attempt = attempt.again();
      }
      out.put(otherwise);
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
