package io.medallion.maintenance.contract.docs;

import java.util.List;
import java.util.stream.Collectors;

/** Puts a page of Markdown together. */
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** A heading, a paragraph, a list: what has an empty line before it. */
  Markdown block(String block) {
    text.append(text.isEmpty() ? "" : "\n").append(block).append('\n');
    return this;
  }

  /**
   * A table.
   *
   * @param rows of cells that are Markdown; a cell from outside goes through {@link #escaped}
   */
  Markdown table(List<String> headings, List<List<String>> rows) {
    StringBuilder table = new StringBuilder(row(headings));
    table.append('\n').append(row(headings.stream().map(heading -> "---").toList()));
    rows.forEach(cells -> table.append('\n').append(row(cells)));
    return block(table.toString());
  }

  private static String row(List<String> cells) {
    return cells.stream()
        .map(cell -> cell.isEmpty() ? "|" : "| " + cell + " ")
        .collect(Collectors.joining("", "", "|"))
        .replace("||", "| |")
        .replace("||", "| |");
  }

  /** A text of the contract for a cell or a paragraph: no markup, no line break. */
  static String escaped(String text) {
    return text.strip()
        .replaceAll("\\s+", " ")
        .replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replace("*", "\\*")
        .replace("_", "\\_")
        .replace("[", "\\[")
        .replace("`", "\\`");
  }

  /** A name or a value of the contract in code. */
  static String code(String text) {
    return text.contains("`") || text.contains("|") || text.contains("\n")
        ? escaped(text)
        : "`" + text + "`";
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
