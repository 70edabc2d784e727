package io.medallion.maintenance.contract.docs;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page, in Markdown, that says what a sender may send and what the tables hold: all that
 * follows from the contract. What holds for every contract is in docs/guarantees.md.
 */
public final class ContractPage {

  private static final String GUARANTEES = "](guarantees.md";

  private final Contract contract;
  private final String guarantees;

  /**
   * @param guarantees where docs/guarantees.md is for readers of the page
   */
  public ContractPage(Contract contract, String guarantees) {
    this.contract = contract;
    this.guarantees = guarantees;
  }

  /**
   * The page.
   *
   * @param example a valid event, if there is one to show
   */
  public String text(Optional<String> example) {
    Markdown page = new Markdown();
    page.block("# Data contract: " + contract.name());
    page.block(
        "<!-- Made by './medallion contract docs': change the contract and make it anew. -->");
    if (!contract.description().isEmpty()) {
      page.block(Markdown.escaped(contract.description()));
    }
    page.block(
        """
        What a sender may send and what the tables hold, by version %d of the contract `%s`.
        [Guarantees](guarantees.md) says what holds for every contract: how bodies are read, all reasons to reject an
        event, times, copies, late events, and what the tables promise."""
            .formatted(contract.version(), contract.name()));
    page.block(contents());
    new EventSection(contract).add(page, example);
    new RulesSection(contract).add(page);
    new TablesSection(contract).add(page);
    return page.toString().replace(GUARANTEES, "](" + guarantees);
  }

  private String contents() {
    String gold =
        contract.gold().stream()
            .map(GoldTable::path)
            .map(path -> "[%s](#%s)".formatted(path, path.replace("/", "")))
            .collect(Collectors.joining(",\n  "));
    return """
        - [The event](#the-event)
        - [Rules](#rules): [reasons](#reasons), [limits](#limits), [rule version](#rule-version)
        - [The tables](#the-tables): [silver](#silver), [late](#late),
          %s"""
        .formatted(gold);
  }
}
