package io.medallion.generator;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A contract by the name of one that ships, or its file. */
final class ContractConverter implements ITypeConverter<Contract> {

  @Override
  public Contract convert(String value) {
    try {
      return ContractReader.named(value);
    } catch (ContractException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
