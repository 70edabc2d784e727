package io.medallion.eventhubs;

/** Text for a JAAS line. */
final class Jaas {

  private Jaas() {}

  /** Quotes for the JAAS tokenizer, in which an unquoted {@code $} or {@code ;} ends the value. */
  static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
