package io.medallion.job.decode;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads gzip (RFC 1952) of one member. Not with {@code GZIPInputStream}: one whose header is
 * damaged keeps its native memory until the garbage collector comes by, and senders choose how many
 * are.
 */
final class Gzip {

  private static final int HEADER = 10;
  private static final int TRAILER = 8;
  private static final int CHECKSUM = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xE0;
  private static final int DEFLATE = 8;

  private Gzip() {}

  /** The content, of more than {@code most} bytes the first so many; null if it is damaged. */
  static byte[] unzip(byte[] zipped, int most) {
    int start = contentStart(zipped);
    if (start < 0 || start + TRAILER > zipped.length) {
      return null;
    }
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(zipped, start, zipped.length - start);
      byte[] content = new byte[Math.min(most, 4 * zipped.length)];
      int length = 0;
      while (!inflater.finished() && length < most) {
        if (length == content.length) {
          content = Arrays.copyOf(content, Math.min(most, 2 * length));
        }
        int more = inflater.inflate(content, length, content.length - length);
        if (more == 0 && !inflater.finished()) {
          return null;
        }
        length += more;
      }
      boolean isWhole = inflater.finished();
      int end = zipped.length - inflater.getRemaining();
      byte[] unzipped = Arrays.copyOf(content, length);
      return isWhole && !isTrailer(zipped, end, unzipped) ? null : unzipped;
    } catch (DataFormatException e) {
      return null;
    } finally {
      inflater.end();
    }
  }

  /** Where the compressed bytes begin; −1 if there is no header. */
  private static int contentStart(byte[] zipped) {
    if (zipped.length < HEADER || zipped[2] != DEFLATE || (zipped[3] & RESERVED) != 0) {
      return -1;
    }
    int flags = zipped[3];
    int at = HEADER;
    if ((flags & EXTRA) != 0) {
      if (at + 2 > zipped.length) {
        return -1;
      }
      at += 2 + (zipped[at] & 0xFF) + ((zipped[at + 1] & 0xFF) << Byte.SIZE);
    }
    if ((flags & NAME) != 0) {
      at = afterZero(zipped, at);
    }
    if ((flags & COMMENT) != 0) {
      at = afterZero(zipped, at);
    }
    return (flags & CHECKSUM) != 0 ? at + 2 : at;
  }

  private static int afterZero(byte[] zipped, int from) {
    int at = from;
    while (at < zipped.length && zipped[at] != 0) {
      at++;
    }
    return at + 1;
  }

  /** Whether the checksum and the length of the content are there. */
  private static boolean isTrailer(byte[] zipped, int at, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    return at + TRAILER <= zipped.length
        && number(zipped, at) == checksum.getValue()
        && number(zipped, at + 4) == content.length;
  }

  private static long number(byte[] bytes, int at) {
    long number = 0;
    for (int i = 3; i >= 0; i--) {
      number = number << Byte.SIZE | (bytes[at + i] & 0xFF);
    }
    return number;
  }
}
