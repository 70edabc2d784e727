package io.medallion.job.table;

import static java.util.stream.Collectors.joining;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.contract.Range;
import io.medallion.contract.Severity;
import io.medallion.contract.compare.ContractDiff;
import io.medallion.contract.compare.Difference;
import io.medallion.contract.compare.Difference.Kind;
import io.medallion.delta.RowMeaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The contract of a lake, as the tables that follow from it keep it in their properties: its name,
 * version, text and the ranges that the job's settings put in place of its own. The texts of the
 * last versions before it stay.
 *
 * <p>Tables of releases before contracts have no such property: their rows are of the weather.
 * Those of the first release with contracts have its name only.
 */
public final class LakeContract implements RowMeaning {

  private static final long serialVersionUID = 1L;

  private static final String NAME = "medallion.contract";
  private static final String VERSION = "medallion.contract.version";
  private static final String TEXT = "medallion.contract.text";
  private static final String RANGES = "medallion.contract.ranges";
  private static final Pattern EARLIER = Pattern.compile("medallion\\.contract\\.text\\.(\\d+)");
  private static final int MOST_EARLIER = 16;

  private final Contract contract;
  private final boolean unnamedIsWeather;

  /** A line for each overridden range; null until it is asked for, as that reads the contract. */
  private String ranges;

  private LakeContract(Contract contract, boolean unnamedIsWeather) {
    this.contract = contract;
    this.unnamedIsWeather = unnamedIsWeather;
  }

  /** What a table means whose columns follow from the contract. */
  public static RowMeaning ofColumns(Contract contract) {
    return new LakeContract(contract, true);
  }

  /** What a table means whose columns are the same in all lakes. */
  public static RowMeaning ofRecords(Contract contract) {
    return new LakeContract(contract, false);
  }

  /**
   * The contract that a table's rows follow, with the ranges that count.
   *
   * @param ofTable the properties of silver, quarantine, late or a table of gold
   * @return empty if they name none, as those of releases before contracts
   * @throws ContractException if this release can't read it
   */
  public static Optional<Contract> of(Map<String, String> ofTable) {
    String name = ofTable.get(NAME);
    if (name == null) {
      return Optional.empty();
    }
    String text = ofTable.get(TEXT);
    Contract contract =
        text == null
            ? ContractReader.shipped(name).orElseThrow(() -> withoutText(name))
            : read(name, text);
    for (String line : ofTable.getOrDefault(RANGES, "").lines().toList()) {
      String[] parts = line.split(" ", -1);
      contract = contract.with(parts[0], Range.parse(parts[1]), Severity.valueOf(parts[2]));
    }
    return Optional.of(contract);
  }

  /** Whether a table has all of its contract: those of releases before this one do not. */
  public static boolean isWhole(Map<String, String> ofTable) {
    return ofTable.containsKey(TEXT) && ofTable.containsKey(RANGES);
  }

  private static Contract read(String name, String text) {
    return ContractReader.read("the lake's contract '%s'".formatted(name), text);
  }

  private static ContractException withoutText(String name) {
    return new ContractException(
        "The lake has events of the contract '%s', whose text it does not have yet: start the job of this release on it once"
            .formatted(name));
  }

  /** The texts of contracts before this one that a table still has, by version. */
  public static NavigableMap<Integer, String> earlier(Map<String, String> ofTable) {
    NavigableMap<Integer, String> texts = new TreeMap<>();
    ofTable.forEach(
        (key, text) -> {
          Matcher earlier = EARLIER.matcher(key);
          if (earlier.matches() && !text.isEmpty()) {
            texts.put(Integer.valueOf(earlier.group(1)), text);
          }
        });
    return texts;
  }

  @Override
  public Map<String, String> properties(Map<String, String> ofTable) {
    Map<String, String> properties = new HashMap<>();
    String version = Integer.toString(contract.version());
    String before = ofTable.get(VERSION);
    if (before != null && !before.equals(version)) {
      properties.put(TEXT + "." + before, ofTable.getOrDefault(TEXT, ""));
      NavigableMap<Integer, String> texts = earlier(ofTable);
      // A sink sets properties and takes none away.
      texts.keySet().stream()
          .limit(Math.max(0, texts.size() + 1 - MOST_EARLIER))
          .forEach(oldest -> properties.put(TEXT + "." + oldest, ""));
    }
    properties.put(NAME, contract.name());
    properties.put(VERSION, version);
    properties.put(TEXT, contract.text());
    if (ranges == null) {
      ranges = ranges(contract);
    }
    properties.put(RANGES, ranges);
    return properties;
  }

  /** A line for each field whose range is another than in the text. */
  private static String ranges(Contract contract) {
    return contract.overridden().stream()
        .map(
            field ->
                "%s %s %s"
                    .formatted(
                        field.name(), field.range().orElse(field.limits()), field.severity()))
        .collect(joining("\n"));
  }

  @Override
  public Optional<String> conflict(Map<String, String> ofTable) {
    String name = ofTable.get(NAME);
    if (name == null && unnamedIsWeather) {
      name = ContractReader.STANDARD;
    }
    if (name != null && !name.equals(contract.name())) {
      return Optional.of(
          "the table has events of the contract '%s', the job those of '%s'"
              .formatted(name, contract.name()));
    }
    String text = ofTable.get(TEXT);
    // Ranges that settings override conflict with none.
    return text == null || text.equals(contract.text()) ? Optional.empty() : breaking(text);
  }

  private Optional<String> breaking(String textBefore) {
    Contract before;
    try {
      before = read(contract.name(), textBefore);
    } catch (ContractException e) {
      return Optional.of("the table's contract is not one of this release: " + e.getMessage());
    }
    List<Difference> differences =
        ContractDiff.between(before, contract.declared()).of(Kind.BREAKING);
    return differences.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "version %d of the contract '%s' can't follow version %d: %s"
                .formatted(
                    contract.version(),
                    contract.name(),
                    before.version(),
                    differences.stream().map(Difference::toString).collect(joining("; "))));
  }

  /**
   * What differs between two contracts of a lake. Ranges that settings put in place of a contract's
   * own need no new version: the version of the rules has them.
   */
  public static ContractDiff between(Contract before, Contract next) {
    ContractDiff texts = ContractDiff.between(before.declared(), next.declared());
    List<Difference> differences = new ArrayList<>(texts.differences());
    String old = ranges(before);
    String now = ranges(next);
    if (!old.equals(now)) {
      differences.add(
          new Difference(
              Kind.RESTATING,
              "rule.*",
              "what settings override is [%s] now; it was [%s]"
                  .formatted(now.replace("\n", ", "), old.replace("\n", ", ")),
              List.of()));
    }
    return new ContractDiff(differences);
  }
}
