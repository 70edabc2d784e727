package io.medallion.generator.contract;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.medallion.contract.Field;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.noise.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Texts out of a list: a sender has one for some minutes, with another one now and then.
 *
 * @param texts as JSON, with their quotes
 */
record Words(List<byte[]> texts, long salt) implements ValueMaker {

  private static final List<String> USUAL =
      List.of("idle", "starting", "running", "paused", "stopped", "à l'arrêt", "過負荷");

  private static final long KEPT_MILLIS = 240_000;

  /** Empty if the contract allows no text. */
  static Optional<ValueMaker> of(Field field, long salt) {
    List<byte[]> texts =
        (field.values().isEmpty()
                ? USUAL.stream().map(text -> cut(text, field.maxLength())).distinct()
                : usable(field))
            .map(Words::json)
            .toList();
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    ValueMaker words = new Words(texts, salt);
    boolean mayBeNumbers = field.form().acceptsNumber() && field.values().isEmpty();
    return Optional.of(mayBeNumbers ? sometimesNumbers(words, salt) : words);
  }

  /** The same, from every second sender a digit. */
  private static ValueMaker sometimesNumbers(ValueMaker words, long salt) {
    return words.sometimes((moment, out) -> out.putLong(Hash.index(moment.ofEvent(salt), 10)));
  }

  private static String cut(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }

  /** Whether it may be in an event: short enough, without control characters, whole. */
  private static boolean isClean(String text, int maxLength) {
    return text.length() <= maxLength
        && text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  /** A text as JSON, with its quotes. */
  static byte[] json(String text) {
    return ("\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What is between the quotes of a JSON string. */
  static byte[] withoutQuotes(byte[] json) {
    return Arrays.copyOfRange(json, 1, json.length - 1);
  }

  /** Those of the contract's values that may be in an event. */
  static Stream<String> usable(Field field) {
    return field.values().stream()
        .filter(text -> isClean(text, field.maxLength()) && !field.form().missing().hasText(text));
  }

  @Override
  public void write(Moment moment, ByteWriter out) {
    long event = moment.ofEvent(salt);
    boolean isUsual = Hash.index(event, 8) > 0;
    long minutes = Hash.of(moment.ofSender(salt), Math.floorDiv(moment.time(), KEPT_MILLIS));
    out.put(texts.get(Hash.index(isUsual ? minutes : Hash.of(event, 1), texts.size())));
  }
}
