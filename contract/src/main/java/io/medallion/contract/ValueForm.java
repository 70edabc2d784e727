package io.medallion.contract;

/**
 * How a field's value may come in a body beside in the JSON type that its own type has.
 *
 * @param acceptsText whether a number or boolean may come in quotes
 * @param acceptsNumber whether a text may come as a number or boolean: it is that as sent
 * @param decimalComma whether a number in quotes has a comma for the point
 * @param missing what stands for no value
 * @param trueValues what stands for true, beside that
 * @param falseValues what stands for false, beside that
 */
public record ValueForm(
    boolean acceptsText,
    boolean acceptsNumber,
    boolean decimalComma,
    Literals missing,
    Literals trueValues,
    Literals falseValues) {

  /** Whether all but a number or boolean in quotes is as JSON has it. */
  public boolean isPlain() {
    return !acceptsNumber
        && !decimalComma
        && missing.isEmpty()
        && trueValues.isEmpty()
        && falseValues.isEmpty();
  }
}
