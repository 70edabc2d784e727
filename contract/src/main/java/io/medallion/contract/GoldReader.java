package io.medallion.contract;

import io.medallion.contract.Aggregate.Function;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the tables of gold. */
final class GoldReader {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6}) ?(s|min|h|d)");
  private static final Duration LONGEST = Duration.ofDays(366);
  private static final int MAX_TABLES = 64;
  private static final int MAX_SIZES = 16;

  private final SilverColumns silver;
  private final List<GoldTable> tables = new ArrayList<>();

  GoldReader(SilverColumns silver) {
    this.silver = silver;
  }

  List<GoldTable> tables(YamlNode node) {
    YamlNode.Entries all = node.map("the tables of gold");
    all.all().forEach((name, value) -> tables.add(table(name, all.key(name), value)));
    long sizes = tables.stream().map(GoldTable::window).distinct().count();
    if (sizes > MAX_SIZES) {
      throw node.error(
          "windows of %d sizes; at most %d are allowed, those without 'window' counted as one",
          sizes, MAX_SIZES);
    }
    if (tables.isEmpty() || tables.size() > MAX_TABLES) {
      throw node.error("%d tables; 1 to %d are allowed", tables.size(), MAX_TABLES);
    }
    return tables;
  }

  private GoldTable table(String name, YamlNode key, YamlNode node) {
    if (!name.matches("[a-z][a-z0-9_]{0,63}")) {
      throw key.error("'%s' can't be a table's name: small letters, digits and _", name);
    }
    YamlNode.Entries entries = node.map("a table of gold");
    Optional<Duration> window = entries.take("window").map(GoldReader::duration);
    Optional<YamlNode> byNode = entries.take("by");
    byNode.ifPresent(by -> silver.requireText(by, by.text()));
    Optional<String> by = byNode.map(YamlNode::text);
    ColumnNames names = new ColumnNames();
    by.ifPresent(names::reserve);
    List<GoldTable.Column> columns = new ArrayList<>();
    entries
        .take("columns")
        .ifPresent(
            place -> {
              YamlNode.Entries own = place.map("the columns");
              own.all()
                  .forEach(
                      (column, value) -> {
                        names.check(own.key(column), column);
                        names.reserve(column);
                        columns.add(column(column, value, by));
                      });
            });
    entries.take("like").ifPresent(other -> columns.addAll(columnsOf(other, names, by)));
    if (columns.isEmpty()) {
      throw node.error("the table has no columns: give 'columns', or 'like' another table");
    }
    entries.end();
    return new GoldTable(name, window, by, columns);
  }

  private List<GoldTable.Column> columnsOf(YamlNode other, ColumnNames names, Optional<String> by) {
    GoldTable table =
        tables.stream()
            .filter(known -> known.name().equals(other.text()))
            .findFirst()
            .orElseThrow(() -> other.error("there is no table '%s' before", other.text()));
    table
        .columns()
        .forEach(
            column -> {
              if (by.isPresent() && column.aggregate().function() == Function.COUNT_DISTINCT) {
                throw other.error(
                    "'%s' of '%s' is for tables over everything", column.name(), table.name());
              }
              names.check(other, column.name());
              names.reserve(column.name());
            });
    return table.columns();
  }

  private GoldTable.Column column(String name, YamlNode node, Optional<String> by) {
    YamlNode formula = node;
    String unit = "";
    if (node.isMap()) {
      YamlNode.Entries entries = node.map("a column of gold");
      formula = entries.require("as", "an aggregate, as in 'avg(temperature)'");
      unit = ContractReader.text(entries.take("unit"), "");
      entries.end();
    }
    return new GoldTable.Column(name, aggregate(formula, by), unit);
  }

  private Aggregate aggregate(YamlNode formula, Optional<String> by) {
    Call call = Call.parse(formula);
    Function function =
        Arrays.stream(Function.values())
            .filter(known -> known.text().equals(call.function()))
            .findFirst()
            .orElseThrow(
                () ->
                    formula.error(
                        "there is no aggregate '%s'; known are %s",
                        call.function(), Function.allowed()));
    List<String> arguments = call.arguments();
    if (!function.takes(arguments.size())) {
      throw formula.error("%s does not take %d columns", function.text(), arguments.size());
    }
    switch (function) {
      case COUNT, FIRST, LAST -> arguments.forEach(name -> silver.require(formula, name));
      case MOST_FREQUENT -> silver.requireText(formula, arguments.get(0));
      case COUNT_DISTINCT -> {
        if (by.isPresent() || !silver.isKey(arguments.get(0))) {
          throw formula.error(
              "countDistinct is of the key '%s', and in a table over everything", silver.key());
        }
      }
      default -> arguments.forEach(name -> silver.requireNumber(formula, name));
    }
    return new Aggregate(function, arguments);
  }

  private static Duration duration(YamlNode node) {
    Matcher text = DURATION.matcher(node.text());
    if (!text.matches()) {
      throw node.error("'%s' is no duration, as in '5 min', '1 h' or '1 d'", node.text());
    }
    long number = Long.parseLong(text.group(1));
    Duration duration =
        switch (text.group(2).toLowerCase(Locale.ROOT)) {
          case "s" -> Duration.ofSeconds(number);
          case "min" -> Duration.ofMinutes(number);
          case "h" -> Duration.ofHours(number);
          default -> Duration.ofDays(number);
        };
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw node.error("a window is longer than nothing and at most %d days", LONGEST.toDays());
    }
    return duration;
  }
}
