package io.medallion.job.decode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Bodies of the contract of {@link ContractDecodingTest}: mostly good, in any order and form. */
final class RandomDevices {

  private static final List<String> VALUES =
      List.of(
          "1",
          "-1",
          "0",
          "-0",
          "1.5",
          "NaN",
          "Infinity",
          "1e2",
          "\"3.5\"",
          "\"\"",
          "\" \"",
          "\"CO2\"",
          "\"TEMP\"",
          "\"NW\"",
          "359.9",
          "400",
          "true",
          "false",
          "\"true\"",
          "null",
          "{}",
          "[]",
          "[1, {}]",
          "\"2026-11-25T12:00:00Z\"",
          "\"2026-11-25T12:00:00\"",
          "1795608000",
          "\"a\\u0041\"",
          "\"K\u00f6ln\"",
          "9223372036854775807",
          "-9223372036854775808",
          "12345678901234567890");

  private static final List<String> NAMES =
      List.of(
          "deviceId",
          "ts",
          "messageId",
          "volts",
          "count",
          "on",
          "kind",
          "note",
          "seen",
          "from",
          "other",
          "temp",
          "main",
          "t");

  private RandomDevices() {}

  static String body(Random random) {
    List<String> members = new ArrayList<>();
    members.add(
        random.nextInt(3) == 0
            ? "\"t\": " + random.nextInt(40)
            : "\"main\": {\"temp\":" + random.nextInt(400) / 10.0 + "}");
    for (String name : NAMES) {
      if (random.nextInt(3) == 0) {
        members.add("\"" + name + "\":" + value(name, random));
      }
    }
    Collections.shuffle(members, random);
    String body = "{" + String.join(", ", members) + "}";
    return random.nextInt(20) == 0 ? body.substring(0, random.nextInt(body.length())) : body;
  }

  /** A whole JSON value, mostly an object with some members of all. */
  static String value(Random random) {
    if (random.nextInt(5) == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    List<String> members = new ArrayList<>();
    for (String name : List.of("id", "t", "x")) {
      if (random.nextInt(4) > 0) {
        members.add("\"" + name + "\": " + value(name.equals("id") ? "deviceId" : name, random));
      }
    }
    return "{" + String.join(",", members) + "}";
  }

  private static String value(String name, Random random) {
    if (random.nextInt(4) == 0) {
      return VALUES.get(random.nextInt(VALUES.size()));
    }
    return switch (name) {
      case "deviceId", "messageId" -> "\"d" + random.nextInt(9) + "\"";
      case "ts" -> random.nextBoolean() ? "1795608000" : "\"2026-11-25T12:00:00Z\"";
      case "kind" -> random.nextBoolean() ? "\"CO2\"" : "\"TEMP\"";
      case "note" -> "\"" + "abcdefgh".substring(random.nextInt(8)) + "\"";
      case "on" -> random.nextBoolean() ? "true" : "false";
      case "from" -> random.nextBoolean() ? "\"SSW\"" : "" + random.nextInt(360);
      default -> "" + random.nextInt(1000);
    };
  }
}
