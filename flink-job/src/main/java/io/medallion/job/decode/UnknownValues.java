package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medallion.contract.EventForm.UnknownFields;
import io.medallion.job.event.EventRecord;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.io.JsonStringEncoder;

/** Collects the values in an event that its contract does not name. One instance a thread. */
final class UnknownValues {

  private static final byte[] NULL = "null".getBytes(US_ASCII);
  private static final int NAN_LENGTH = "NaN".length();
  private static final int INFINITY_LENGTH = "Infinity".length();

  private final UnknownFields treatment;
  private final List<String> names = new ArrayList<>();
  private final ByteArrayOutputStream values = new ByteArrayOutputStream();
  private EventRecord record;
  private byte[] body;

  UnknownValues(UnknownFields treatment) {
    this.treatment = treatment;
  }

  /** Begins with another event. */
  void start(EventRecord target, byte[] source) {
    record = target;
    body = source;
    names.clear();
    values.reset();
  }

  /**
   * Takes a value.
   *
   * @param prefix of the object that it is in
   * @param start of the value in the body
   * @param end behind it
   */
  void add(String prefix, String name, int start, int end) {
    if (treatment == UnknownFields.IGNORE) {
      return;
    }
    if (names.size() < EventRecord.MOST_UNKNOWN) {
      names.add(named(prefix, name));
    }
    if (treatment == UnknownFields.KEEP) {
      values.write(values.size() == 0 ? '{' : ',');
      values.write('"');
      values.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(whole(named(prefix, name))));
      values.write('"');
      values.write(':');
      writeValue(start, end);
    }
  }

  /** Writes a value as it was sent; NaN and infinite numbers, which are no JSON, become null. */
  private void writeValue(int start, int end) {
    boolean isInText = false;
    int from = start;
    for (int i = start; i < end; i++) {
      byte b = body[i];
      if (b == '"') {
        isInText = !isInText;
      } else if (isInText && b == '\\') {
        i++;
      } else if (!isInText && (b == 'N' || b == 'I')) {
        int number = body[i - 1] == '-' ? i - 1 : i;
        values.write(body, from, number - from);
        values.writeBytes(NULL);
        from = i + (b == 'N' ? NAN_LENGTH : INFINITY_LENGTH);
        i = from - 1;
      }
    }
    values.write(body, from, end - from);
  }

  /** Half a surrogate pair, which JSON can escape and UTF-8 can't hold, becomes U+FFFD. */
  private static String whole(String name) {
    return name.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A name at the top as it is; others as JSON pointers (RFC 6901). */
  private static String named(String prefix, String name) {
    return prefix.isEmpty() && !name.startsWith("/")
        ? name
        : (prefix.isEmpty() ? "/" : prefix) + name.replace("~", "~0").replace("/", "~1");
  }

  /** Hands over what there was. */
  void end() {
    if (!names.isEmpty()) {
      record.unknownFields = names.toArray(new String[0]);
    }
    if (values.size() > 0) {
      values.write('}');
      record.extras = values.toByteArray();
    }
  }
}
