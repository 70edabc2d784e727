package io.medallion.contract.expressions;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;

/**
 * {@code text.matches('pattern')}: RE2's patterns, whose time grows with the text alone. CEL's own
 * function compiles the pattern for each event, and takes one that a sender chose. Here a pattern
 * is a literal, checked and compiled once.
 */
final class Patterns {

  static final String FUNCTION = "matches";

  private static final String GLOBAL = "matches_literal";
  private static final String MEMBER = "matches_literal_member";

  /** Instructions of the compiled pattern. */
  private static final int MAX_SIZE = 1000;

  /** What a pattern may come to while it is compiled: its characters times all its repetitions. */
  private static final double MAX_EFFORT = 500_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(?:\\d{0,9},)?(\\d{1,9})");

  private final Map<String, Pattern> known = new ConcurrentHashMap<>();

  List<CelFunctionDecl> declarations() {
    return List.of(
        CelFunctionDecl.newFunctionDeclaration(
            FUNCTION,
            CelOverloadDecl.newGlobalOverload(
                GLOBAL, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING),
            CelOverloadDecl.newMemberOverload(
                MEMBER, SimpleType.BOOL, SimpleType.STRING, SimpleType.STRING)));
  }

  @SuppressWarnings("Immutable") // the same literal is the same pattern for ever
  List<CelFunctionBinding> bindings() {
    return List.of(
        CelFunctionBinding.from(GLOBAL, String.class, String.class, this::matches),
        CelFunctionBinding.from(MEMBER, String.class, String.class, this::matches));
  }

  private boolean matches(String text, String pattern) {
    return known.get(pattern).matcher(text).find();
  }

  /** What is wrong with a pattern, which otherwise can be matched from now on. */
  Optional<String> defect(String pattern) {
    try {
      Pattern compiled = effort(pattern) > MAX_EFFORT ? null : Pattern.compile(pattern);
      if (compiled == null || compiled.programSize() > MAX_SIZE) {
        return Optional.of("the pattern is too large: repeat less");
      }
      known.put(pattern, compiled);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of("the pattern is none of RE2: " + e.getDescription());
    }
  }

  private static double effort(String pattern) {
    double effort = pattern.length();
    for (Matcher repetition = REPETITION.matcher(pattern); repetition.find(); ) {
      effort *= Math.max(1, Integer.parseInt(repetition.group(1)));
    }
    return effort;
  }
}
