package io.medallion.maintenance.contract.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.contract.sample.FirstValidLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContractPageTest {

  private static final Path DOCS = Path.of("../docs");
  private static final Path EXAMPLES = Path.of("../contracts/examples");

  @Test
  void docsDataContractIsThePageOfTheWeather() throws IOException {
    Optional<String> example;
    try (InputStream in = Files.newInputStream(EXAMPLES.resolve("weather.jsonl"))) {
      example = FirstValidLine.of(ContractReader.standard(), in);
    }

    assertThat(DOCS.resolve("data-contract.md"))
        .as(
            "write it anew: ./medallion contract docs weather --sample contracts/examples/weather.jsonl"
                + " --out docs/data-contract.md")
        .hasContent(new ContractPage(ContractReader.standard(), "guarantees.md").text(example));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weather", "telemetry", "openweather", "rtl_433", "tasmota", "cloudevents"})
  void allLinksOfAPageLeadToHeadings(String name) throws IOException {
    Path example = EXAMPLES.resolve(name + ".yaml");
    Contract contract = ContractReader.shipped(name).orElseGet(() -> ContractReader.read(example));
    String page = new ContractPage(contract, "guarantees.md").text(Optional.empty());
    String guarantees = Files.readString(DOCS.resolve("guarantees.md"));

    assertThat(links(page, "#")).isSubsetOf(headings(page));
    assertThat(links(page, "guarantees.md#")).isSubsetOf(headings(guarantees));
  }

  @Test
  void allLinksOfTheGuaranteesLeadToHeadings() throws IOException {
    String guarantees = Files.readString(DOCS.resolve("guarantees.md"));

    assertThat(links(guarantees, "#")).isSubsetOf(headings(guarantees));
    assertThat(links(guarantees, "data-contract.md#"))
        .isSubsetOf(headings(Files.readString(DOCS.resolve("data-contract.md"))));
  }

  private static List<String> links(String page, String prefix) {
    Matcher links = Pattern.compile("]\\(" + Pattern.quote(prefix) + "([^)]*)\\)").matcher(page);
    return links.results().map(link -> link.group(1)).distinct().toList();
  }

  /** As GitHub makes anchors of them. */
  private static List<String> headings(String page) {
    return page.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void whatAContractSaysIsNoMarkup() {
    String page =
        page("{type: string, description: 'a | b <script>\n\n  `c` [d](e)', values: ['|', 'ok']}");

    assertThat(page)
        .contains(
            "| `x` | string | | optional; a \\| b &lt;script> \\`c\\` \\[d](e): one of \\|, `ok` |");
  }

  @Test
  void aFieldSaysHowItIsRead() {
    assertThat(
            page(
                "{type: double, from: [/a/b, c], scale: 0.1, offset: -2, unit: K, acceptText: true, onInvalid: null}"))
        .contains(
            "| `/a/b` or `c` | number, also in quotes | | optional; column `x`; times 0.1 less 2 it is the column"
                + " in K; null if it is not so, with a [flag](guarantees.md#quality-flags) |",
            "| `x` | double | not sent, or not valid | K |");
    assertThat(page("{type: timestamp, required: true, format: iso or epoch us}"))
        .contains(
            "| `x` | string or whole number | | required; ISO-8601 with `Z` or an offset, or whole"
                + " microseconds since 1970 UTC |");
  }

  @Test
  void aColumnOfGoldSaysWhenItIsNull() {
    assertThat(page("{type: double}"))
        .contains("| `m` | double | no event has `x` | mean of `x` over events |");
    assertThat(page("{type: double, required: true}"))
        .contains("| `m` | double | never | mean of `x` over events |");
  }

  private static String page(String field) {
    String text =
        """
        contract: test
        version: 1
        event:
          key: {column: k, from: [header h]}
          time: {from: [enqueued time]}
        fields:
          y: {type: double}
          x: %s
        gold:
          t:
            window: 1 h
            columns: {n: count(x), m: avg(%s)}
        """
            .formatted(field, field.contains("double") ? "x" : "y");
    return new ContractPage(ContractReader.read("test.yaml", text), "guarantees.md")
        .text(Optional.empty());
  }
}
