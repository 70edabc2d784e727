package io.medallion.generator.contract;

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
    ValueMaker inQuotes = quoted();
    return (moment, out) -> {
      if (moment.isOneOf(2)) {
        inQuotes.write(moment, out);
      } else {
        write(moment, out);
      }
    };
  }
}
