package io.medallion.contract.expressions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionTest {

  /** Every type once with a value and once without; and names that CEL has for something else. */
  private static final Map<String, ValueType> VARIABLES =
      Map.ofEntries(
          Map.entry("d", ValueType.DOUBLE),
          Map.entry("n", ValueType.LONG),
          Map.entry("b", ValueType.BOOLEAN),
          Map.entry("s", ValueType.STRING),
          Map.entry("t", ValueType.TIMESTAMP),
          Map.entry("noD", ValueType.DOUBLE),
          Map.entry("noN", ValueType.LONG),
          Map.entry("noB", ValueType.BOOLEAN),
          Map.entry("noS", ValueType.STRING),
          Map.entry("noT", ValueType.TIMESTAMP),
          Map.entry("type", ValueType.STRING),
          Map.entry("string", ValueType.STRING),
          Map.entry("math", ValueType.DOUBLE));

  private static final Map<String, Object> VALUES =
      Map.of(
          "d",
          20.5,
          "n",
          7L,
          "b",
          true,
          "s",
          "Köln",
          "t",
          Instant.parse("2026-11-25T12:30:00.250Z"),
          "type",
          "TEMP",
          "string",
          "text",
          "math",
          2.0);

  private static final ExpressionCompiler COMPILER = new ExpressionCompiler(VARIABLES);

  private static Object evaluate(String text) throws ExpressionException {
    return COMPILER.compile(text).of(VALUES::get);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          d > 20.0                           | true
          d < 20                             | false
          n < 7.5                            | true
          d * 2                              | 41.0
          2 * d                              | 41.0
          n / 2                              | 3
          n / 2.0                            | 3.5
          d + n                              | 27.5
          n - d                              | -13.5
          41 / d                             | 2.0
          d == 20                            | false
          n == 7.0                           | true
          7.5 != n                           | true
          n % 2                              | 1
          -d                                 | -20.5
          !b                                 | false
          d > 27.0 ? d + n / 10.0 : d        | 20.5
          s                                  | Köln
          s + '!'                            | Köln!
          s.size()                           | 4
          s.startsWith('K') && b             | true
          s in ['Köln', 'Bonn']              | true
          s.matches('^K.ln$')                | true
          matches(s, 'x')                    | false
          s.upperAscii()                     | KöLN
          s.substring(1, 3)                  | öl
          t                                  | 2026-11-25T12:30:00.250Z
          t - duration('1h')                 | 2026-11-25T11:30:00.250Z
          t.getHours()                       | 12
          t.getHours('Europe/Berlin')        | 13
          t > timestamp('2026-01-01T00:00:00Z') | true
          t - t < duration('1s')             | true
          int(t)                             | 1795609800
          int(d)                             | 20
          double(n)                          | 7.0
          string(n)                          | 7
          math.round(d)                      | 21.0
          math.abs(-n)                       | 7
          math.greatest(d, 30.0)             | 30.0
          math                               | 2.0
          type == 'TEMP'                     | true
          string + string(n)                 | text7
          fahrenheit(d)                      | 68.9
          fahrenheit(10)                     | 50.0
          beaufort(d)                        | 4
          plus(d, 1)                         | 21.5
          ratio(n, d - 0.5)                  | 0.35
          dewPoint(d, 100) < d + 0.01        | true
          has(d)                             | true
          has(noD)                           | false
          has(noD) ? noD : -1.0              | -1.0
          """)
  void anExpressionIsWhatCelSays(String text, String value) throws ExpressionException {
    assertThat(evaluate(text)).hasToString(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          noD > 1.0 || n == 7                => true
          noB || b                           => true
          noB && !b                          => false
          noD == 1.0 || n / 0 == 1 || b      => true
          b || n / 0 == 1                    => true
          has(noS) && noS == 'a'             => false
          !has(noS) || noS == 'a'            => true
          b ? d : noD                        => 20.5
          """)
  void whatIsUnknownDoesNotMatterWhereTheRestDecides(String text, String value)
      throws ExpressionException {
    assertThat(evaluate(text)).hasToString(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // A value that is absent.
        "noD",
        "noD + 1.0",
        "noD * 2",
        "noD > 1.0",
        "noD == 1.0",
        "noD != 1.0",
        "noN == noN",
        "!noB",
        "noB || !b",
        "noB && b",
        "noB ? d : d",
        "b ? noD : d",
        "noS + s",
        "noS in ['a']",
        "s in [noS]",
        "noS.matches('a')",
        "size(noS)",
        "noT > t",
        "noT.getHours()",
        "fahrenheit(noD)",
        "string(noN)",
        // What can't be computed.
        "n / 0",
        "n % (n - 7)",
        "9223372036854775807 + n",
        "-9223372036854775808 - n",
        "n * 9223372036854775807",
        "int(d * 1e30)",
        "int(s)",
        "double('x')",
        "bool('maybe')",
        "timestamp(s)",
        "t > t - duration('long')",
        "t.getHours(s)",
        "timestamp('0001-01-01T00:00:00Z') - duration('9000h')",
        "[1, 2][n]",
        "{'a': 1}[s]",
        "s.substring(9)",
        "s.charAt(99)",
        "ratio(d, 0)",
        "dewPoint(d, 0)",
        "timestamp('9999-12-31T00:00:00Z') + duration('9000h')",
        // What no column takes.
        "d / 0.0",
        "-d / 0.0",
        "(d - d) / 0.0",
        "d * 1e17",
        "math.sqrt(-d)",
        "-9223372036854775807 - 1",
        "s + '\\n'",
        "s + '\\u0007'",
      })
  void whatCannotBeToldIsNothing(String text) throws ExpressionException {
    assertThat(evaluate(text)).isNull();
  }

  @Test
  void aTextIsNotLongerThanAFieldMayBe() throws ExpressionException {
    Expression twice = COMPILER.compile("s + s");

    assertThat((String) twice.of(Map.of("s", "a".repeat(128))::get)).hasSize(256);
    assertThat(twice.of(Map.of("s", "a".repeat(129))::get)).isNull();
  }

  @Test
  void theTypeIsThatOfTheResult() throws ExpressionException {
    assertThat(COMPILER.compile("d + n").type()).isEqualTo(ValueType.DOUBLE);
    assertThat(COMPILER.compile("n + 1").type()).isEqualTo(ValueType.LONG);
    assertThat(COMPILER.compile("d > n").type()).isEqualTo(ValueType.BOOLEAN);
    assertThat(COMPILER.compile("s").type()).isEqualTo(ValueType.STRING);
    assertThat(COMPILER.compile("t - duration('1s')").type()).isEqualTo(ValueType.TIMESTAMP);
    assertThat(COMPILER.compile("n + 1").asDouble().of(VALUES::get)).isEqualTo(8.0);
  }

  @Test
  void itTellsWhichValuesItIsAbout() throws ExpressionException {
    assertThat(COMPILER.compile("s == 'a' || has(d) && n > 1 && s != 'b'").names())
        .containsExactly("s", "d", "n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          d >                        | 3  | mismatched input '<EOF>'
          d > 1.0 && e > 2           | 11 | undeclared reference to 'e'; fields are
          foo(d)                     | 3  | functions of the library degrees, dewPoint
          d > 'a'                    | 2  | found no matching overload for '_>_' applied to '(double, string)'
          b ? d : 0                  | 2  | write numbers here with a point, as 3.0
          d in [1, 2]                | 2  | write numbers here with a point, as 3.0
          s == null                  | 2  | whether there is a value, has(field) tells
          has(1)                     | 4  | has() takes the name of a field
          has(nothing)               | 3  | undeclared reference to 'nothing'
          d.value                    | 1  | does not support field selection
          [d].all(x, x > 0.0)        |    | undeclared reference to 'all'
          dyn(d) > 1                 | 3  | undeclared reference to 'dyn'
          type(d) == int             |    | undeclared reference
          [d]                        | 0  | it gives list, and a value is a double, int, bool
          1u                         | 0  | it gives uint
          duration('1s')             | 0  | it gives duration
          s.matches(s)               | 10 | the pattern of matches() is a literal
          s.matches('a' + 'b')       |    | the pattern of matches() is a literal
          s.matches('(')             | 10 | the pattern is none of RE2
          s.matches('(?=a)')         | 10 | the pattern is none of RE2
          s.matches('((a{99}){99}){99}') | 10 | the pattern is too large
          s.matches('(((a{1000}){1000}){1000}){1000}') | 10 | the pattern is too large
          s.replace('a', 'bb')       |    | undeclared reference to 'replace'
          s.split('a')[0]            |    | undeclared reference to 'split'
          import > 1                 | 0  | reserved identifier: import
          d = 1.0                    | 2  | token recognition error
          d > 1.0; n                 |    | token recognition error
          """)
  void whatIsWrongIsToldWithItsPlace(String text, Integer column, String message) {
    ExpressionException error =
        catchThrowableOfType(ExpressionException.class, () -> COMPILER.compile(text));

    assertThat(error).isNotNull().hasMessageContaining(message).hasMessageNotContaining("\n");
    assertThat(error.line()).isEqualTo(1);
    if (column != null) {
      assertThat(error.column()).isEqualTo(column);
    }
  }

  @Test
  void theLineOfAnErrorIsTold() {
    ExpressionException error =
        catchThrowableOfType(
            ExpressionException.class, () -> COMPILER.compile("b &&\n  d > 1 &&\n  s > 1"));

    assertThat(error.line()).isEqualTo(3);
    assertThat(error.column()).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "{", "-", "!", "d + ", "b ? d : ", "has(", "'", "\\", "d."})
  void repeatedWithoutEndItIsRefusedOrTotal(String part) throws ExpressionException {
    for (String end : List.of("", "d", "b")) {
      String text = part.repeat((1000 - end.length()) / part.length()) + end;
      try {
        COMPILER.compile(text).of(VALUES::get);
      } catch (ExpressionException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThatThrownBy(() -> COMPILER.compile(part.repeat(1001)))
        .isInstanceOf(ExpressionException.class);
  }

  @Test
  void whateverTheTextItIsAnExpressionOrAnError() {
    List<String> parts =
        List.of(
            "d",
            "n",
            "s",
            "b",
            "t",
            "noD",
            "noS",
            "noB",
            " + ",
            " - ",
            " * ",
            " / ",
            " % ",
            " > ",
            " == ",
            " && ",
            " || ",
            "!",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            "?",
            ":",
            ".",
            ",",
            " in ",
            "1",
            "2.5",
            "'a'",
            "null",
            "true",
            "has(",
            "size(",
            "string(",
            "int(",
            "double(",
            "math.abs(",
            ".getHours()",
            ".matches('a')",
            "fahrenheit(",
            "duration('1h')",
            "0u");
    Random random = new Random(7);
    Map<String, Object> values = new HashMap<>(VALUES);
    int expressions = 0;
    for (int i = 0; i < 4_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(7); length > 0; length--) {
        text.append(parts.get(random.nextInt(parts.size())));
      }
      try {
        Expression expression = COMPILER.compile(text.toString());
        values.put("d", random.nextGaussian() * 1e6);
        values.put("n", random.nextLong());
        Object value = expression.of(values::get);
        if (value != null) {
          assertThat(value.getClass().getSimpleName())
              .as(text.toString())
              .isEqualTo(
                  switch (expression.type()) {
                    case DOUBLE -> "Double";
                    case LONG -> "Long";
                    case BOOLEAN -> "Boolean";
                    case STRING -> "String";
                    case TIMESTAMP -> "Instant";
                  });
        }
        expressions++;
      } catch (ExpressionException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
    assertThat(expressions).isGreaterThan(100);
  }
}
