package io.medallion.maintenance.contract.docs;

import java.util.Optional;

/**
 * A column of a table, for people.
 *
 * @param type of Delta
 * @param nullWhen when it is null; empty for never
 * @param meaning in a few words of Markdown; may be empty
 * @param unit empty without
 * @param formula what it is made by, as the contract writes it; empty for what is sent
 */
public record TableColumn(
    String name,
    String type,
    Optional<String> nullWhen,
    String meaning,
    String unit,
    Optional<String> formula) {

  /** The unit and the meaning, in Markdown. */
  String explanation() {
    String shownUnit = Markdown.escaped(unit);
    return unit.isEmpty() || meaning.isEmpty() ? shownUnit + meaning : shownUnit + "; " + meaning;
  }

  /** The meaning without Markdown's links and code. */
  public String plainMeaning() {
    return meaning.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "");
  }
}
