package io.medallion.delta;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType;

/**
 * A column chunk of an optional, not repeated column in memory: values are only collected until a
 * page is full, then encoded in tight loops over all of them. Framing, compression and indexes stay
 * parquet-java's.
 *
 * <p>Pages are of version 1 and hold a dictionary's indexes while that pays, else plain values:
 * what every reader of Parquet knows.
 *
 * <p>Of parquet-java's interface, only what suits the type and the levels of such a column works.
 */
abstract class FlatColumn implements ColumnWriter {

  private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();
  private static final int MAX_PAGE_ROWS = 20_000;
  private static final int MIN_CAPACITY = 64;

  /** By then a column of mostly different values has shown itself. */
  private static final int DICTIONARY_TRIAL = 1024;

  private final PrimitiveType type;
  private final PageWriter pages;

  /** Rows so far, in all pages. */
  private long rows;

  /** Values in the page that is being filled. */
  int values;

  private int nulls;
  private int[] nullRows = new int[0];
  private boolean dictionaryPays = true;
  private boolean dictionaryUsed;

  FlatColumn(ColumnDescriptor column, PageWriteStore pages) {
    this.type = column.getPrimitiveType();
    this.pages = pages.getPageWriter(column);
  }

  /** Rows so far. */
  final long rows() {
    return rows;
  }

  /** To be called after each value. */
  final void endValue(boolean pageIsFull) {
    values++;
    rows++;
    if (pageIsFull || values + nulls >= MAX_PAGE_ROWS) {
      writePage();
    }
  }

  final void addNull() {
    nullRows = withRoomFor(nullRows, nulls);
    nullRows[nulls] = values + nulls;
    nulls++;
    rows++;
    if (values + nulls >= MAX_PAGE_ROWS) {
      writePage();
    }
  }

  /** Ends the column chunk: all that was added is in its pages. */
  final void finish() {
    writePage();
    if (dictionaryUsed) {
      BytesInput entries = dictionaryEntries();
      try {
        pages.writeDictionaryPage(new DictionaryPage(entries, dictionarySize(), Encoding.PLAIN));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void writePage() {
    int count = values + nulls;
    if (count == 0) {
      return;
    }
    Statistics<?> statistics = Statistics.createStats(type);
    statistics.incrementNumNulls(nulls);
    try {
      int[] ids = dictionaryPays && values > 0 ? dictionaryIds() : null;
      if (ids != null) {
        dictionaryBounds(statistics);
      } else if (values > 0) {
        pageBounds(statistics);
      }
      pages.writePage(
          BytesInput.concat(definitionLevels(count), ids == null ? plain() : encode(ids)),
          count,
          count,
          statistics,
          Encoding.RLE,
          Encoding.RLE,
          ids == null ? Encoding.PLAIN : Encoding.RLE_DICTIONARY);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    values = 0;
    nulls = 0;
    clearPage();
  }

  /** The page's values as indexes into the dictionary; null if plain values are better from now. */
  private int[] dictionaryIds() {
    int[] ids = new int[values];
    int trial = dictionaryUsed ? values : Math.min(values, DICTIONARY_TRIAL);
    dictionaryPays =
        lookUp(ids, 0, trial)
            && (dictionaryUsed || 2 * dictionarySize() <= trial)
            && lookUp(ids, trial, values);
    if (!dictionaryPays) {
      return null;
    }
    dictionaryUsed = true;
    return ids;
  }

  private BytesInput encode(int[] ids) throws IOException {
    int bitWidth = Integer.SIZE - Integer.numberOfLeadingZeros(dictionarySize() - 1);
    return BytesInput.concat(
        BytesInput.from(new byte[] {(byte) bitWidth}), hybrid(bitWidth, ids, ids.length));
  }

  /** One bit a row, as a run where all are equal. */
  private BytesInput definitionLevels(int count) throws IOException {
    BytesInput levels;
    if (nulls == 0 || values == 0) {
      levels =
          BytesInput.concat(
              BytesInput.fromUnsignedVarInt(count << 1),
              BytesInput.from(new byte[] {(byte) (nulls == 0 ? 1 : 0)}));
    } else {
      int[] defined = new int[count];
      Arrays.fill(defined, 1);
      for (int i = 0; i < nulls; i++) {
        defined[nullRows[i]] = 0;
      }
      levels = hybrid(1, defined, count);
    }
    return BytesInput.concat(BytesInput.fromInt((int) levels.size()), levels);
  }

  private static BytesInput hybrid(int bitWidth, int[] numbers, int count) throws IOException {
    int size = 64 + count * (bitWidth + 1) / 8;
    try (RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(bitWidth, size, size, HEAP)) {
      for (int i = 0; i < count; i++) {
        encoder.writeInt(numbers[i]);
      }
      return encoder.toBytes().copy(HEAP, released -> {});
    }
  }

  /** Bytes of the pages so far and of the values and dictionary that are not in a page yet. */
  @Override
  public final long getBufferedSizeInMemory() {
    return pages.getMemSize() + pageSize() + (dictionaryUsed ? dictionaryBytes() : 0);
  }

  /** Bytes of the values in the page that is being filled. */
  abstract long pageSize();

  /**
   * Looks up the values from {@code from} to {@code to} of the page in the dictionary, adding those
   * that are new. False if the dictionary has become too large.
   */
  abstract boolean lookUp(int[] ids, int from, int to);

  /** Entries of the dictionary. */
  abstract int dictionarySize();

  /** Bytes of the dictionary in plain encoding. */
  abstract long dictionaryBytes();

  /** The dictionary in plain encoding. */
  abstract BytesInput dictionaryEntries();

  /** Puts the least and the greatest value of the page into the statistics. */
  abstract void pageBounds(Statistics<?> statistics);

  /**
   * Puts the least and the greatest value of the dictionary into the statistics: bounds of the
   * page, and over all pages the exact ones.
   */
  abstract void dictionaryBounds(Statistics<?> statistics);

  /** The page's values in plain encoding. */
  abstract BytesInput plain();

  /** Forgets the page's values. */
  void clearPage() {}

  private static int[] withRoomFor(int[] array, int index) {
    return index < array.length
        ? array
        : Arrays.copyOf(array, Math.max(MIN_CAPACITY, 2 * array.length));
  }

  @Override
  public void write(int value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public void write(long value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public void write(boolean value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public void write(Binary value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public void write(float value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public void write(double value, int repetitionLevel, int definitionLevel) {
    throw wrongType();
  }

  @Override
  public final void writeNull(int repetitionLevel, int definitionLevel) {
    addNull();
  }

  @Override
  public void close() {}

  private UnsupportedOperationException wrongType() {
    return new UnsupportedOperationException(
        "Column '" + type.getName() + "' is " + type.getPrimitiveTypeName());
  }
}
