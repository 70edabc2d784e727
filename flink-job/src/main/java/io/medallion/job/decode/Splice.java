package io.medallion.job.decode;

/** Puts a piece of bytes in place of another one. */
final class Splice {

  private Splice() {}

  /** The bytes {@code around}, but for those from {@code from} to {@code to}: a piece of others. */
  static byte[] of(byte[] around, int from, int to, byte[] piece, int start, int end) {
    byte[] result = new byte[from + end - start + around.length - to];
    System.arraycopy(around, 0, result, 0, from);
    System.arraycopy(piece, start, result, from, end - start);
    System.arraycopy(around, to, result, from + end - start, around.length - to);
    return result;
  }
}
