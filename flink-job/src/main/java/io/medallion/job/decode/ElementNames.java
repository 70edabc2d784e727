package io.medallion.job.decode;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.core.JsonProcessingException;
import org.apache.flink.shaded.jackson2.com.fasterxml.jackson.databind.json.JsonMapper;

/**
 * The names that a contract has for elements of arrays by one of their values, such as {@code
 * [name=temp]}: the object in the array whose {@code name} is {@code temp}.
 */
public final class ElementNames {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern NAME = Pattern.compile("\\[([^=]+)=(.*)]", Pattern.DOTALL);

  private ElementNames() {}

  /** The member whose value tells the element; null if the name is none of an element. */
  static String member(String name) {
    Matcher parts = NAME.matcher(name);
    return parts.matches() ? parts.group(1) : null;
  }

  /**
   * Which of the names an object has.
   *
   * @param body JSON that is well-formed up to the object
   * @param object where it begins
   * @return the first one in the order given; null if none
   */
  public static String of(Collection<String> names, byte[] body, int object) {
    JsonScanner json = new JsonScanner(body);
    for (String name : names) {
      Matcher parts = NAME.matcher(name);
      if (parts.matches()) {
        int value = json.member(object, parts.group(1).getBytes(UTF_8));
        if (value != JsonScanner.NONE && parts.group(2).equals(text(json, body, value))) {
          return name;
        }
      }
    }
    return null;
  }

  /** The text of a scalar; null of anything else. */
  private static String text(JsonScanner json, byte[] body, int value) {
    int end = json.endOf(value);
    if (end == JsonScanner.NONE || json.isAt(value, '{') || json.isAt(value, '[')) {
      return null;
    }
    String written = new String(body, value, end - value, UTF_8);
    if (!json.isAt(value, '"')) {
      return written;
    }
    try {
      return JSON.readValue(written, String.class);
    } catch (JsonProcessingException e) {
      return null;
    }
  }
}
