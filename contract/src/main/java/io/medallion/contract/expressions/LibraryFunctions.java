package io.medallion.contract.expressions;

import dev.cel.common.CelErrorCode;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.exceptions.CelRuntimeException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import io.medallion.contract.functions.NumberFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions of {@link NumberFunction} in expressions. They take numbers of both types, in any
 * combination. Where a function has no result, neither has the expression.
 */
final class LibraryFunctions {

  private final List<CelFunctionDecl> declarations = new ArrayList<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  LibraryFunctions() {
    for (NumberFunction function : NumberFunction.values()) {
      List<CelOverloadDecl> overloads = new ArrayList<>();
      // Each bit says whether an argument is a whole number.
      for (int whole = 0; whole < 1 << function.arguments(); whole++) {
        overloads.add(overload(function, whole));
      }
      declarations.add(CelFunctionDecl.newFunctionDeclaration(function.text(), overloads));
    }
  }

  private CelOverloadDecl overload(NumberFunction function, int whole) {
    StringBuilder id = new StringBuilder(function.text());
    List<CelType> types = new ArrayList<>();
    List<Class<?>> classes = new ArrayList<>();
    for (int i = 0; i < function.arguments(); i++) {
      boolean isWhole = (whole >> i & 1) == 1;
      id.append(isWhole ? "_int" : "_double");
      types.add(isWhole ? SimpleType.INT : SimpleType.DOUBLE);
      classes.add(isWhole ? Long.class : Double.class);
    }
    bindings.add(
        CelFunctionBinding.from(id.toString(), classes, arguments -> call(function, arguments)));
    return CelOverloadDecl.newGlobalOverload(
        id.toString(), function.isWhole() ? SimpleType.INT : SimpleType.DOUBLE, types);
  }

  private static Object call(NumberFunction function, Object[] arguments) {
    double result =
        function.apply(
            number(arguments, 0),
            number(arguments, Math.min(1, arguments.length - 1)),
            number(arguments, Math.min(2, arguments.length - 1)));
    if (Double.isNaN(result)) {
      throw new NoResultException();
    }
    if (function.isWhole()) {
      return (long) result;
    }
    return result;
  }

  private static double number(Object[] arguments, int index) {
    return ((Number) arguments[index]).doubleValue();
  }

  List<CelFunctionDecl> declarations() {
    return declarations;
  }

  List<CelFunctionBinding> bindings() {
    return bindings;
  }

  /** Ends the evaluation, see {@link Expression#of}: nobody looks at it. */
  private static final class NoResultException extends CelRuntimeException {

    private static final long serialVersionUID = 1L;

    NoResultException() {
      super(null, CelErrorCode.INVALID_ARGUMENT);
    }

    @Override
    public Throwable fillInStackTrace() {
      return this;
    }
  }
}
