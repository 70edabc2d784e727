package io.medallion.generator.contract;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.medallion.generator.event.ByteWriter;

/** Writes one value of an event after the other, as JSON. */
@FunctionalInterface
interface ValueMaker {

  void write(Moment moment, ByteWriter out);

  /** The same in quotes; for what has nothing to escape. */
  default ValueMaker quoted() {
    return (moment, out) -> {
      out.put((byte) '"');
      write(moment, out);
      out.put((byte) '"');
    };
  }

  /** The same, in quotes from every second sender. */
  default ValueMaker sometimesQuoted() {
    return sometimes(quoted());
  }

  /** The same, but what another one makes from every second sender. */
  default ValueMaker sometimes(ValueMaker other) {
    return (moment, out) -> (moment.isOneOf(2) ? other : this).write(moment, out);
  }

  /** The same number with a comma for the point; a plain one, without an exponent. */
  default ValueMaker withDecimalComma() {
    return (moment, out) -> {
      ByteWriter number = new ByteWriter(32);
      write(moment, number);
      out.putAscii(new String(number.toBytes(), US_ASCII).replace('.', ','));
    };
  }
}
