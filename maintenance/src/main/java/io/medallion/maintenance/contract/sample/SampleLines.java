package io.medallion.maintenance.contract.sample;

import io.medallion.job.event.EventLimits;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** The lines of a file as bytes. Of one that is longer than a body may be, only the length. */
final class SampleLines {

  private final InputStream in;
  private long number;

  SampleLines(InputStream in) {
    this.in = new BufferedInputStream(in, 1 << 16);
  }

  /**
   * A line.
   *
   * @param number from 1 on
   * @param length in bytes, without the line's end
   * @param body null if it is longer than {@link EventLimits#BODY_BYTES}
   */
  record Line(long number, long length, byte[] body) {}

  /** The next line; null after the last one. */
  Line next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    long length = 0;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (length < EventLimits.BODY_BYTES) {
        line.write(b);
      }
      length++;
    }
    number++;
    return new Line(number, length, length > EventLimits.BODY_BYTES ? null : line.toByteArray());
  }
}
