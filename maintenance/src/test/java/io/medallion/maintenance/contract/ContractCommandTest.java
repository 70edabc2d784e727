package io.medallion.maintenance.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.medallion.cli.CommandLineRunner;
import io.medallion.contract.ContractReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCommandTest {

  private static final String VALID =
      """
      {"temperature":20,"humidity":60,"windSpeed":10,"windDirection":"NW","precipitation":0,"conditions":"dry","station":1}
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void aRightContractIsSaidToBe() {
    assertThat(execute("check", "weather")).isZero();
    assertThat(out.toString(UTF_8)).startsWith("weather is right: weather version 3; 6 fields");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void aMistakeIsToldByLineAndColumn() throws IOException {
    Path file = write("mine.yaml", weather().replace("type: compass", "type: compas"));

    assertThat(execute("check", file.toString())).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .startsWith("medallion contract check: " + file + ":")
        .containsPattern(":\\d+:\\d+: 'compas' is none of double, long");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void aMistakeIsJsonToo() throws IOException {
    Path file = write("mine.yaml", "contract: 1\n");

    assertThat(execute("check", file.toString(), "--json")).isEqualTo(1);
    assertThat(json().get("right").asBoolean()).isFalse();
    assertThat(json().get("error").asText()).startsWith(file + ":1:");
  }

  @Test
  void ofASampleEachLineIsToldAndASummary() throws IOException {
    Path sample = write("sample.jsonl", VALID + "{\"temperature\":\"20\"}\n\n");

    assertThat(execute("check", "weather", "--sample", sample.toString(), "--key", "zurich"))
        .isEqualTo(CheckCommand.EXIT_REJECTED);
    assertThat(out.toString(UTF_8))
        .contains("1: temperature 20.0, humidity 60.0, ", "stationId zurich", "beaufort 2")
        .contains("2: rejected, MISSING_FIELD: humidity, windSpeed, ")
        .contains("3: rejected, EMPTY_BODY: ")
        .contains("       1  valid\n", "       1  rejected, EMPTY_BODY\n")
        .contains("in the sample, but not in the contract: station\n");
  }

  @Test
  void ofASampleTheSummaryCanBeAskedForAlone() throws IOException {
    Path sample = write("sample.jsonl", VALID);

    assertThat(execute("check", "weather", "--summary", "--sample", sample.toString())).isZero();
    assertThat(out.toString(UTF_8)).contains("1  valid").doesNotContain("1: temperature");
  }

  @Test
  void aSampleInJsonHasRowsReasonsAndASummary() throws IOException {
    Path sample = write("sample.jsonl", VALID + "[]\n");

    execute("check", "weather", "--json", "--sample", sample.toString());
    JsonNode report = json();
    assertThat(report.at("/lines/0/row/temperature").asDouble()).isEqualTo(20.0);
    assertThat(report.at("/lines/0/row/eventId").isNull()).isTrue();
    assertThat(report.at("/lines/1/reason").asText()).isEqualTo("NOT_AN_OBJECT");
    assertThat(report.at("/summary/valid").asInt()).isEqualTo(1);
    assertThat(report.at("/summary/rejected/NOT_AN_OBJECT").asInt()).isEqualTo(1);
    assertThat(report.at("/summary/notInContract/0").asText()).isEqualTo("station");
  }

  @Test
  void aFileOfOneJsonTextOverManyLinesGetsAHint() throws IOException {
    Path sample = write("sample.json", "{\n  \"temperature\": 20\n}\n");

    execute("check", "weather", "--sample", sample.toString());
    assertThat(out.toString(UTF_8)).contains("Is there one event on each line?");
  }

  @Test
  void aSampleThatIsNotThereIsWrongUse() {
    assertThat(execute("check", "weather", "--sample", "nowhere.jsonl")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--sample: there is no file 'nowhere.jsonl'");
  }

  @Test
  void theExitCodeOfADiffIsTheGreatestKind() throws IOException {
    String weather = weather().replace("version: 3", "version: 4");

    assertThat(diff(weather)).isZero();
    assertThat(diff(weather.replace("unit: mm", "unit: l/m²"))).isZero();
    assertThat(diff(weather.replace("[-90, 70]", "[-80, 60]")))
        .isEqualTo(DiffCommand.EXIT_RESTATING);
    assertThat(out.toString(UTF_8))
        .contains(
            "Restating: ",
            "  silver.temperature: range [-90, 70] is [-80, 60] now; a replay would redo silver, ",
            "./medallion replay --lake LAKE --into NEW_LAKE --contract ");
    assertThat(diff(weather.replace("weather_summary:", "weather_total:")))
        .isEqualTo(DiffCommand.EXIT_BREAKING);
    assertThat(execute("diff", "weather", "nowhere.yaml")).isEqualTo(1);
    assertThat(execute("diff", "weather")).isEqualTo(2);
  }

  @Test
  void aDiffInJsonHasKindPlaceAndChange() {
    execute("diff", "weather", "telemetry", "--json");

    assertThat(json().get("greatest").asText()).isEqualTo("breaking");
    assertThat(json().at("/differences/0/place").asText()).isEqualTo("contract");
    assertThat(json().at("/differences/0/change").asText())
        .isEqualTo("name weather is telemetry now");
  }

  @Test
  void docsAndExportsGoIntoAFileOrToTheOutput() throws IOException {
    Path page = folder.resolve("page.md");

    assertThat(execute("docs", "telemetry", "--out", page.toString())).isZero();
    assertThat(execute("docs", "telemetry")).isZero();
    assertThat(out.toString(UTF_8)).isEqualTo(Files.readString(page));
    assertThat(execute("export", "telemetry", "--format", "odcs")).isZero();
    assertThat(out.toString(UTF_8)).contains("apiVersion: v3.1.0");
    assertThat(execute("export", "telemetry")).isEqualTo(2);
  }

  @Test
  void thePageLeadsToTheGuaranteesWhereTheyAre() {
    execute("docs", "weather", "--guarantees", "https://example.com/g.md");

    assertThat(out.toString(UTF_8))
        .contains("](https://example.com/g.md#copies)")
        .doesNotContain("](guarantees.md");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(execute()).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("  check ", "  diff ", "  docs ", "  export ");
    assertThat(execute("--help")).isZero();
    assertThat(execute("chek")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("there is no command 'chek'");
    assertThat(execute("diff", "--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("3 restating; 4 breaking");
  }

  private int diff(String next) throws IOException {
    return execute("diff", "weather", write("next.yaml", next).toString());
  }

  private static String weather() {
    return ContractReader.standard().text();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private JsonNode json() {
    try {
      return new ObjectMapper().readTree(out.toString(UTF_8));
    } catch (IOException e) {
      throw new AssertionError(out.toString(UTF_8), e);
    }
  }

  private int execute(String... arguments) {
    return CommandLineRunner.execute(
        new ContractCommand(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        arguments);
  }
}
