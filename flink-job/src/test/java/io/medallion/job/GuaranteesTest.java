package io.medallion.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.hub.GapTable;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * That docs/guarantees.md says what the code does, as far as it is tables. What follows from the
 * weather's contract is in docs/data-contract.md, which is made from it.
 */
class GuaranteesTest {

  private static final Contract WEATHER = ContractReader.standard();

  private static List<String> document;

  @BeforeAll
  static void read() throws IOException {
    document = Files.readAllLines(Path.of("../docs/guarantees.md"));
  }

  @Test
  void theReasonsAreThoseOfTheCodeInTheOrderOfTheirPrecedence() {
    assertThat(tableUnder("### Reasons"))
        .containsExactlyElementsOf(
            Arrays.stream(RejectReason.values())
                // The weather has no rules beside its limits.
                .filter(reason -> reason != RejectReason.BROKEN_RULE)
                .map(
                    reason ->
                        "| `%s` | %s | %s |".formatted(reason, reason.check(), severity(reason)))
                .toList());
  }

  private static String severity(RejectReason reason) {
    return switch (reason) {
      case OUT_OF_RANGE -> "by [limits](#limits)";
      case PAST_EVENT_TIME -> "by [times](#times)";
      default -> "reject";
    };
  }

  static Stream<LakeTable<?>> tables() {
    return Stream.of(
        BronzeTable.table(), QuarantineTable.table(Rules.standard()), GapTable.table());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theColumnsOfATableAreThoseOfTheCode(LakeTable<?> table) {
    assertThat(columnsUnder("### " + table.path())).isEqualTo(columns(table.rowType()));
    assertPartitioned(table);
  }

  @Test
  void lateHasTheColumnsOfSilverAndItsOwn() {
    LakeTable<?> late = LateTable.table(WEATHER, new TumblingWindows(1));
    List<String> all = columns(late.rowType());
    int own = SilverTable.rowType(WEATHER).getFieldCount();

    assertThat(all.subList(0, own)).isEqualTo(columns(SilverTable.rowType(WEATHER)));
    assertThat(columnsUnder("### late")).isEqualTo(all.subList(own, all.size()));
    assertPartitioned(late);
  }

  private static void assertPartitioned(LakeTable<?> table) {
    Optional<String> column = table.partitionColumn();
    assertThat(String.join(" ", under("### " + table.path())))
        .containsIgnoringCase(
            column.map(name -> "partitioned by `" + name + "`").orElse("not partitioned"));
  }

  private static List<String> columns(RowType type) {
    return type.getFields().stream()
        .map(field -> field.getName() + " " + name(field.getType()))
        .toList();
  }

  private static String name(LogicalType type) {
    return switch (type.getTypeRoot()) {
      case VARBINARY -> "binary";
      case VARCHAR -> "string";
      case INTEGER -> "integer";
      case BIGINT -> "long";
      case DOUBLE -> "double";
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> "timestamp";
      case DATE -> "date";
      case ARRAY -> "array<struct<name:string,value:binary>>";
      case MAP ->
          "map<%s,%s>".formatted(name(type.getChildren().get(0)), name(type.getChildren().get(1)));
      default -> throw new IllegalArgumentException("A type that no table had: " + type);
    };
  }

  private static List<String> columnsUnder(String heading) {
    return tableUnder(heading).stream()
        .map(row -> row.replace("`", "").split(" *\\| *", -1))
        .map(cells -> cells[1] + " " + cells[2])
        .toList();
  }

  /** The rows of a section's table, all of which begin with a name in code. */
  private static List<String> tableUnder(String heading) {
    return under(heading).stream().filter(line -> line.startsWith("| `")).toList();
  }

  /** The lines from a heading to the next one. */
  private static List<String> under(String heading) {
    assertThat(document).contains(heading);
    return document.stream()
        .dropWhile(line -> !line.equals(heading))
        .skip(1)
        .takeWhile(line -> !line.startsWith("#"))
        .toList();
  }
}
