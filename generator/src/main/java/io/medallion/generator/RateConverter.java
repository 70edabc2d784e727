package io.medallion.generator;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code max} or a number of events per second. */
final class RateConverter implements ITypeConverter<Rate> {

  @Override
  public Rate convert(String text) {
    try {
      return Rate.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
