package io.medallion.contract.expressions;

/** A text that is no expression, or one of other types: the message is CEL's, with a hint. */
public final class ExpressionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  ExpressionException(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  /** The line of the expression's text, from 1 on. */
  public int line() {
    return line;
  }

  /** The place in the line in Unicode characters, from 0 on. */
  public int column() {
    return column;
  }
}
