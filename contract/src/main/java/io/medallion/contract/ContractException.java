package io.medallion.contract;

/** A contract file that is not one: the message names the file, line, column, and what is right. */
public final class ContractException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ContractException(String message) {
    super(message);
  }
}
