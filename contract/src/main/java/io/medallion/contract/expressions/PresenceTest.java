package io.medallion.contract.expressions;

import dev.cel.common.CelIssue;
import dev.cel.common.ast.CelExpr;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelMacroExprFactory;
import java.util.Optional;

/**
 * {@code has(name)}: whether an event has a value. CEL's own {@code has} is about members of
 * objects, and there are none here. It becomes a variable of a name that no text can have.
 */
final class PresenceTest {

  private static final String PREFIX = "@has:";

  static final CelMacro MACRO =
      CelMacro.newGlobalMacro(
          "has", 1, (factory, target, arguments) -> Optional.of(expand(factory, arguments.get(0))));

  private PresenceTest() {}

  private static CelExpr expand(CelMacroExprFactory factory, CelExpr argument) {
    if (argument.getKind() != CelExpr.ExprKind.Kind.IDENT) {
      return factory.reportError(
          CelIssue.formatError(
              factory.getSourceLocation(argument), "has() takes the name of a field"));
    }
    return factory.newIdentifier(variable(argument.ident().name()));
  }

  /** The variable that stands for the presence of a value. */
  static String variable(String name) {
    return PREFIX + name;
  }

  static boolean isOne(String variable) {
    return variable.startsWith(PREFIX);
  }

  /** The name that it is about. */
  static String tested(String variable) {
    return variable.substring(PREFIX.length());
  }
}
