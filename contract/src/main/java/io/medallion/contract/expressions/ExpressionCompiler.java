package io.medallion.contract.expressions;

import dev.cel.checker.CelStandardDeclarations;
import dev.cel.checker.CelStandardDeclarations.StandardFunction;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelMathExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks expressions in CEL over named values, and makes them ready to be evaluated.
 *
 * <p>The language is CEL's standard, its functions on numbers ({@code math.round}) and some on
 * texts ({@code lowerAscii}), the functions of our library, {@link MixedNumbers}, and {@link
 * PresenceTest}. It leaves out what has no type before there are values ({@code dyn}), and what is
 * not bounded by the length of the expression: macros that loop, functions that multiply a text,
 * patterns that a sender chose.
 */
public final class ExpressionCompiler {

  /** Characters of an expression. */
  public static final int MAX_LENGTH = 1000;

  private static final int MAX_NESTING = 64;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .enableCompileTimeOverloadResolution(true)
          .maxExpressionCodePointSize(MAX_LENGTH)
          .maxParseRecursionDepth(MAX_NESTING)
          .build();

  /** The first one in the text; but before it those that do not follow from others. */
  private static final Comparator<CelIssue> MOST_TELLING =
      Comparator.comparing((CelIssue issue) -> issue.getMessage().contains("*error*"))
          .thenComparing(issue -> issue.getSourceLocation().getLine())
          .thenComparing(issue -> issue.getSourceLocation().getColumn());

  private static final CelMathExtensions MATH =
      CelExtensions.math(
          CelMathExtensions.Function.ABS,
          CelMathExtensions.Function.CEIL,
          CelMathExtensions.Function.FLOOR,
          CelMathExtensions.Function.ISFINITE,
          CelMathExtensions.Function.ISINF,
          CelMathExtensions.Function.ISNAN,
          CelMathExtensions.Function.MAX,
          CelMathExtensions.Function.MIN,
          CelMathExtensions.Function.ROUND,
          CelMathExtensions.Function.SIGN,
          CelMathExtensions.Function.SQRT,
          CelMathExtensions.Function.TRUNC);

  private static final CelStringExtensions STRINGS =
      CelExtensions.strings(
          CelStringExtensions.Function.CHAR_AT,
          CelStringExtensions.Function.INDEX_OF,
          CelStringExtensions.Function.LAST_INDEX_OF,
          CelStringExtensions.Function.LOWER_ASCII,
          CelStringExtensions.Function.SUBSTRING,
          CelStringExtensions.Function.TRIM,
          CelStringExtensions.Function.UPPER_ASCII);

  private final Map<String, ValueType> variables;
  private final Patterns patterns = new Patterns();
  private final CelCompiler compiler;
  private final CelRuntime runtime;

  /**
   * Of expressions over these values.
   *
   * @param variables by name
   */
  public ExpressionCompiler(Map<String, ValueType> variables) {
    this.variables = variables;
    LibraryFunctions library = new LibraryFunctions();
    MixedNumbers mixed = new MixedNumbers();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardDeclarations(
                CelStandardDeclarations.newBuilder()
                    .excludeFunctions(
                        StandardFunction.DYN, StandardFunction.TYPE, StandardFunction.MATCHES)
                    .build())
            .addMacros(PresenceTest.MACRO)
            .addLibraries(MATH, STRINGS)
            .addFunctionDeclarations(library.declarations())
            .addFunctionDeclarations(mixed.declarations())
            .addFunctionDeclarations(patterns.declarations());
    variables.forEach(
        (name, type) -> {
          builder.addVar(name, type.celType());
          builder.addVar(PresenceTest.variable(name), SimpleType.BOOL);
        });
    compiler = builder.build();
    runtime =
        CelRuntimeFactory.plannerRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(MATH, STRINGS)
            .addFunctionBindings(library.bindings())
            .addFunctionBindings(mixed.bindings())
            .addFunctionBindings(patterns.bindings())
            .build();
  }

  /**
   * Checks an expression.
   *
   * @throws ExpressionException if it is none, or its types do not fit
   */
  public Expression compile(String text) throws ExpressionException {
    CelAbstractSyntaxTree tree = checked(text);
    List<CelNavigableExpr> nodes = CelNavigableAst.fromAst(tree).getRoot().allNodes().toList();
    for (CelNavigableExpr node : nodes) {
      checkPattern(node.expr(), tree);
    }
    ValueType type =
        ValueType.of(tree.getResultType())
            .orElseThrow(
                () ->
                    new ExpressionException(
                        1,
                        0,
                        "it gives %s, and a value is a double, int, bool, string or timestamp"
                            .formatted(
                                ExpressionHints.explained(
                                    tree.getResultType().name(), variables))));
    try {
      return new Expression(text, type, names(nodes), runtime.createProgram(tree));
    } catch (CelEvaluationException e) {
      throw new ExpressionException(1, 0, e.getMessage());
    }
  }

  private CelAbstractSyntaxTree checked(String text) throws ExpressionException {
    CelValidationResult result = compiler.compile(text);
    if (result.hasError()) {
      CelIssue first = result.getErrors().stream().min(MOST_TELLING).orElseThrow();
      throw error(
          first.getSourceLocation(), ExpressionHints.explained(first.getMessage(), variables));
    }
    try {
      return result.getAst();
    } catch (CelValidationException e) {
      throw new ExpressionException(1, 0, e.getMessage());
    }
  }

  private static ExpressionException error(CelSourceLocation place, String message) {
    return new ExpressionException(
        Math.max(1, place.getLine()), Math.max(0, place.getColumn()), message);
  }

  private void checkPattern(CelExpr node, CelAbstractSyntaxTree tree) throws ExpressionException {
    if (node.getKind() != CelExpr.ExprKind.Kind.CALL
        || !node.call().function().equals(Patterns.FUNCTION)) {
      return;
    }
    List<CelExpr> arguments = node.call().args();
    CelExpr pattern = arguments.get(arguments.size() - 1);
    boolean isLiteral =
        pattern.getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && pattern.constant().getKind() == CelConstant.Kind.STRING_VALUE;
    Optional<String> defect =
        isLiteral
            ? patterns.defect(pattern.constant().stringValue())
            : Optional.of("the pattern of matches() is a literal, as in matches('^a+$')");
    if (defect.isPresent()) {
      int offset = tree.getSource().getPositionsMap().getOrDefault(pattern.id(), 0);
      throw error(
          tree.getSource().getOffsetLocation(offset).orElse(CelSourceLocation.NONE), defect.get());
    }
  }

  private List<String> names(List<CelNavigableExpr> nodes) {
    return nodes.stream()
        .map(CelNavigableExpr::expr)
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.IDENT)
        .map(node -> node.ident().name())
        .map(name -> PresenceTest.isOne(name) ? PresenceTest.tested(name) : name)
        .filter(variables::containsKey)
        .distinct()
        .toList();
  }
}
