package io.medallion.maintenance.contract;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.medallion.cli.Console;
import io.medallion.contract.ContractReader;
import io.medallion.contract.compare.ContractDiff;
import io.medallion.contract.compare.Difference;
import io.medallion.contract.compare.Difference.Kind;
import io.medallion.maintenance.cli.LakeCommand;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Does the work of {@code medallion contract diff}. */
final class DiffCommand implements LakeCommand<DiffOptions> {

  static final int EXIT_RESTATING = 3;
  static final int EXIT_BREAKING = 4;

  @Override
  public Class<DiffOptions> options() {
    return DiffOptions.class;
  }

  @Override
  public int run(DiffOptions options, Console console) throws IOException {
    ContractDiff diff =
        ContractDiff.between(
            ContractReader.named(options.old()), ContractReader.named(options.next()));
    console.out().println(options.json() ? json(diff) : text(options, diff));
    return diff.greatest()
        .map(
            kind ->
                switch (kind) {
                  case ADDITIVE -> 0;
                  case RESTATING -> EXIT_RESTATING;
                  case BREAKING -> EXIT_BREAKING;
                })
        .orElse(0);
  }

  private static String text(DiffOptions options, ContractDiff diff) {
    if (!diff.hasDifferences()) {
      return "Nothing differs between %s and %s.".formatted(options.old(), options.next());
    }
    StringBuilder text = new StringBuilder();
    for (Kind kind : List.of(Kind.BREAKING, Kind.RESTATING, Kind.ADDITIVE)) {
      List<Difference> differences = diff.of(kind);
      if (!differences.isEmpty()) {
        text.append(text.isEmpty() ? "" : "\n\n").append(heading(kind));
        differences.forEach(difference -> text.append("\n  ").append(difference));
      }
    }
    if (diff.greatest().filter(greatest -> greatest != Kind.ADDITIVE).isPresent()) {
      text.append(
          "\n\nA new lake that follows the new contract from its first record on, of what the old one holds:"
              + "\n  ./medallion replay --lake LAKE --into NEW_LAKE --contract %s"
                  .formatted(options.next()));
    }
    return text.toString();
  }

  private static String heading(Kind kind) {
    return switch (kind) {
      case BREAKING -> "Breaking: a lake of the old contract can't have the new one";
      case RESTATING ->
          "Restating: new rows follow the new contract, rows that are there the old one";
      case ADDITIVE -> "Additive: rows that are there stay right";
    };
  }

  private static String json(ContractDiff diff) throws IOException {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("greatest", diff.greatest().map(DiffCommand::lower).orElse("none"));
    json.put("differences", diff.differences().stream().map(DiffCommand::json).toList());
    return JsonMapper.builder().build().writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }

  private static Map<String, Object> json(Difference difference) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", lower(difference.kind()));
    json.put("place", difference.place());
    json.put("change", difference.change());
    json.put("replay", difference.replay());
    return json;
  }

  private static String lower(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
