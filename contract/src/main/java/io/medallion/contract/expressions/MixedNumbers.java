package io.medallion.contract.expressions;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/**
 * Arithmetic and equality of a whole number and one of type double, which CEL has not (it has
 * {@code temperature < 3}): {@code temperature * 2} is the same as {@code temperature * 2.0}.
 */
final class MixedNumbers {

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  private interface Operation {
    Object of(double a, double b);
  }

  MixedNumbers() {
    add("_+_", "add", SimpleType.DOUBLE, (a, b) -> a + b);
    add("_-_", "subtract", SimpleType.DOUBLE, (a, b) -> a - b);
    add("_*_", "multiply", SimpleType.DOUBLE, (a, b) -> a * b);
    add("_/_", "divide", SimpleType.DOUBLE, (a, b) -> a / b);
    add("_==_", "equals", SimpleType.BOOL, (a, b) -> a == b);
    add("_!=_", "not_equals", SimpleType.BOOL, (a, b) -> a != b);
  }

  @SuppressWarnings("Immutable") // operations have no state
  private void add(String operator, String name, CelType result, Operation operation) {
    String doubleFirst = name + "_double_int";
    String intFirst = name + "_int_double";
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            operator,
            CelOverloadDecl.newGlobalOverload(
                doubleFirst, result, SimpleType.DOUBLE, SimpleType.INT),
            CelOverloadDecl.newGlobalOverload(
                intFirst, result, SimpleType.INT, SimpleType.DOUBLE)));
    bindings.add(
        CelFunctionBinding.from(
            doubleFirst, Double.class, Long.class, (a, b) -> operation.of(a, b)));
    bindings.add(
        CelFunctionBinding.from(intFirst, Long.class, Double.class, (a, b) -> operation.of(a, b)));
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }
}
