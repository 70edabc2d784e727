package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.Origin;
import io.medallion.contract.TimeFormat;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.generator.event.ByteWriter;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whether the value of a role is right for all that it is taken for: a place in the body can be
 * that of a field, and that of the key, the time and the id.
 */
final class Acceptance {

  /** Of the senders and events of a sample. */
  private static final int SAMPLES = 1000;

  private static final int MANY_SENDERS = 1_000_000;
  private static final long SAMPLE_TIME = 1_800_000_000_000L;

  private final EventForm event;

  Acceptance(EventForm event) {
    this.event = event;
  }

  /**
   * Tries a form of a value.
   *
   * @param role that the value is made for
   * @param roles that it is taken for
   */
  boolean accepts(Role role, RoleValues.Form form, Set<Role> roles, Optional<Field> field) {
    boolean isTime = role == Role.TIME || !form.isQuoted();
    boolean rolesAccept =
        (!roles.contains(Role.TIME)
                || (isTime && (form.isQuoted() || event.timeFormat().epoch().isPresent())))
            && (!roles.contains(Role.KEY) || form.isQuoted() || event.key().acceptsNumber())
            && (!roles.contains(Role.ID) || form.isQuoted() || event.id().acceptsNumber());
    return rolesAccept
        && samples(form.text())
            .allMatch(
                text ->
                    isPart(roles, text)
                        && field
                            .filter(there -> !isRight(there, role, form.isQuoted(), text))
                            .isEmpty());
  }

  /** Whether it can be a part of a joined key, if it is to be one. */
  private boolean isPart(Set<Role> roles, String text) {
    boolean isJoined = event.key().from().stream().anyMatch(Origin.Joined.class::isInstance);
    return !isJoined || !roles.contains(Role.KEY) || !text.contains(event.key().join());
  }

  /** What it makes for some senders and events. */
  Stream<String> samples(ValueMaker maker) {
    Run run = new Run(0, SAMPLE_TIME, event.timeZone());
    ByteWriter out = new ByteWriter(Field.MAX_TEXT);
    return IntStream.range(0, SAMPLES)
        .mapToObj(
            i -> {
              out.clear();
              maker.write(
                  new Moment(run, sender(i), SAMPLE_TIME, 1L << (i % Integer.SIZE), 0), out);
              return new String(out.toBytes(), UTF_8);
            });
  }

  /** The first ones, and some with long numbers. */
  private static int sender(int sample) {
    return sample % 2 == 0 ? sample / 2 : MANY_SENDERS - sample;
  }

  /** Whether it is a value of the field; a text of digits is the only one with a number. */
  private boolean isRight(Field field, Role role, boolean isQuoted, String text) {
    boolean isNumber = text.matches("0|[1-9][0-9]*");
    if (Present.isOneOf(field.form().missing(), isQuoted ? "\"" + text + "\"" : text)) {
      return false;
    }
    return switch (field.type()) {
      case DOUBLE ->
          isNumber
              && (!isQuoted || field.acceptsText())
              && isInRange(field, field.converted(Double.parseDouble(text)));
      case LONG ->
          isNumber
              && (!isQuoted || field.acceptsText())
              && isInRange(field, Double.parseDouble(text));
      case STRING ->
          (isQuoted || field.form().acceptsNumber())
              && text.length() <= field.maxLength()
              && (field.values().isEmpty() || isOneOf(field, text));
      case TIMESTAMP ->
          isQuoted
              ? role == Role.TIME && takesTexts(field.format(), event.timeFormat())
              : field.format().epoch().isPresent() && (isNumber || field.format().allowsDecimals());
      case COMPASS -> !isQuoted && isNumber && CompassPoint.isDirection(Double.parseDouble(text));
      case BOOLEAN -> false;
    };
  }

  private static boolean takesTexts(TimeFormat field, TimeFormat event) {
    return field.pattern().equals(event.pattern())
        && (field.allowsIso() || !event.allowsIso())
        && (field.isLenient() || !event.isLenient());
  }

  private static boolean isInRange(Field field, double value) {
    return field.range().orElse(field.limits()).contains(value);
  }

  private static boolean isOneOf(Field field, String escaped) {
    return field.values().stream()
        .anyMatch(value -> new String(Words.json(value), UTF_8).equals("\"" + escaped + "\""));
  }
}
