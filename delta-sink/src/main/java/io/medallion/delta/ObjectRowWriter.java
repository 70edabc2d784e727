package io.medallion.delta;

import java.util.Arrays;

/** Takes the values of a row one by one as objects, for whoever shows or compares rows. */
public abstract class ObjectRowWriter implements RowWriter {

  /**
   * Takes a value.
   *
   * @param value boxed; bytes, also those of texts, as an array of their own
   */
  protected abstract void set(int column, Object value);

  @Override
  public void setBoolean(int column, boolean value) {
    set(column, value);
  }

  @Override
  public void setInt(int column, int value) {
    set(column, value);
  }

  @Override
  public void setLong(int column, long value) {
    set(column, value);
  }

  @Override
  public void setFloat(int column, float value) {
    set(column, value);
  }

  @Override
  public void setDouble(int column, double value) {
    set(column, value);
  }

  @Override
  public void setBytes(int column, byte[] value, int offset, int length) {
    set(column, Arrays.copyOfRange(value, offset, offset + length));
  }

  @Override
  public void setString(int column, String value) {
    set(column, value);
  }

  @Override
  public void setInternal(int column, Object value) {
    set(column, value);
  }
}
