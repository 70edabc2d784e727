package io.medallion.job.dedup;

/**
 * Where the ids of a partition are kept for a restart: in segments that are written once and
 * removed with the generation they belong to.
 */
interface Segments {

  /**
   * Writes a segment.
   *
   * @param generation number of the generation
   * @param segment index of the segment in it
   * @param ids two longs each, big endian
   */
  void write(long generation, int segment, byte[] ids) throws Exception;

  void remove(long generation, int segment) throws Exception;

  /** Null if there is none. */
  byte[] read(long generation, int segment) throws Exception;
}
