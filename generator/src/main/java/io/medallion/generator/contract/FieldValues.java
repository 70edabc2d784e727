package io.medallion.generator.contract;

import io.medallion.contract.Field;
import io.medallion.contract.ValueForm;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What makes the values of a field that is nothing but a field. */
final class FieldValues {

  private FieldValues() {}

  /**
   * Empty if the contract allows no value.
   *
   * @param salt of the field among those of the contract
   * @param samples of what a maker makes
   */
  static Optional<ValueMaker> of(
      Field field, long salt, Function<ValueMaker, Stream<String>> samples) {
    return made(field, salt).flatMap(maker -> Present.of(field, maker, samples));
  }

  private static Optional<ValueMaker> made(Field field, long salt) {
    return switch (field.type()) {
      case DOUBLE -> Numbers.of(field, salt);
      case LONG -> WholeNumbers.of(field, salt);
      case BOOLEAN -> Optional.of(truth(field, salt));
      case STRING -> Words.of(field, salt);
      case TIMESTAMP -> Optional.of(Times.before(field.format(), salt));
      case COMPASS -> Optional.of(new Directions(salt));
    };
  }

  /** True while the course is high. */
  private static ValueMaker truth(Field field, long salt) {
    ValueMaker truth =
        (moment, out) -> out.putAscii(Course.at(moment, salt) > 0.5 ? "true" : "false");
    ValueForm form = field.form();
    if (form.trueValues().isEmpty() || form.falseValues().isEmpty()) {
      return field.acceptsText() ? truth.sometimesQuoted() : truth;
    }
    byte[] yes = Present.json(form.trueValues().written().get(0));
    byte[] no = Present.json(form.falseValues().written().get(0));
    return truth.sometimes((moment, out) -> out.put(Course.at(moment, salt) > 0.5 ? yes : no));
  }
}
