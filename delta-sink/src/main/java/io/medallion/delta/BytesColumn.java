package io.medallion.delta;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageWriteStore;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;

/** A column of strings or byte strings; they are collected in plain encoding. */
final class BytesColumn extends FlatColumn {

  private static final int MAX_PAGE_BYTES = 1 << 20;
  private static final int MAX_DICTIONARY_BYTES = 1 << 20;

  private final PlainBytes page = new PlainBytes();
  private final BytesDictionary dictionary = new BytesDictionary();

  /** The value of the page at which {@link #lookUp} goes on. */
  private int lookedUp;

  BytesColumn(ColumnDescriptor column, PageWriteStore pages) {
    super(column, pages);
  }

  void add(byte[] bytes, int offset, int length) {
    page.add(bytes, offset, length);
    endValue(page.size() >= MAX_PAGE_BYTES);
  }

  @Override
  long pageSize() {
    return page.size();
  }

  @Override
  boolean lookUp(int[] ids, int from, int to) {
    for (int i = from; i < to; i++) {
      int next = page.next(lookedUp);
      ids[i] = dictionary.idOf(page.array(), page.firstByte(lookedUp), next);
      lookedUp = next;
    }
    return dictionary.entries().size() <= MAX_DICTIONARY_BYTES;
  }

  @Override
  int dictionarySize() {
    return dictionary.size();
  }

  @Override
  long dictionaryBytes() {
    return dictionary.entries().size();
  }

  @Override
  BytesInput dictionaryEntries() {
    return dictionary.entries().bytes();
  }

  @Override
  void pageBounds(Statistics<?> statistics) {
    page.bounds(statistics);
  }

  @Override
  void dictionaryBounds(Statistics<?> statistics) {
    dictionary.entries().bounds(statistics);
  }

  @Override
  BytesInput plain() {
    return page.bytes();
  }

  @Override
  void clearPage() {
    page.clear();
    lookedUp = 0;
  }

  @Override
  public void write(Binary value, int repetitionLevel, int definitionLevel) {
    ByteBuffer bytes = value.toByteBuffer();
    add(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
  }
}
