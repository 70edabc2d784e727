package io.medallion.generator.contract;

import io.medallion.contract.functions.CompassPoint;
import io.medallion.generator.event.ByteWriter;

/** Directions that turn slowly: compass points, and from every fourth sender degrees. */
record Directions(long salt) implements ValueMaker {

  @Override
  public void write(Moment moment, ByteWriter out) {
    // A turn and a half from end to end of the course, so that north is in the middle of some.
    double degrees = 540 * Course.at(moment, salt) % 360;
    if (moment.isOneOf(4)) {
      out.putAscii(Double.toString(Math.floor(degrees * 10) / 10));
    } else {
      out.put((byte) '"');
      out.putAscii(CompassPoint.ofDegrees(degrees).name());
      out.put((byte) '"');
    }
  }
}
