package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Range;
import io.medallion.contract.Rule;
import io.medallion.contract.Severity;
import io.medallion.job.config.RuleSetting;
import io.medallion.job.event.RejectReason;
import io.medallion.job.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which events are rejected, as far as the contract says so. */
final class RulesSection {

  private final Contract contract;

  RulesSection(Contract contract) {
    this.contract = contract;
  }

  void add(Markdown page) {
    page.block("## Rules")
        .block(
            "An event that breaks a rule goes to [quarantine](guarantees.md#quarantine), with a reason.")
        .block("### Reasons")
        .block("Of [all reasons](guarantees.md#reasons), these depend on the contract:")
        .table(List.of("code", "when"), reasons())
        .block("### Limits");
    addLimits(page);
    page.block("### Rule version")
        .block(
            """
            The rules as described here are version **%d**. Quarantine has it as
            [`ruleVersion`](guarantees.md#rule-version) if nothing is configured otherwise."""
                .formatted(contract.version()));
  }

  private List<List<String>> reasons() {
    List<List<String>> rows = new ArrayList<>();
    String required = names(Field::required);
    add(rows, RejectReason.MISSING_FIELD, required, "%s is absent");
    add(rows, RejectReason.NULL_FIELD, required, "%s is null");
    add(
        rows,
        RejectReason.WRONG_TYPE,
        "[above](#the-event)",
        "a field has another JSON type than %s");
    add(
        rows,
        RejectReason.UNKNOWN_WIND_DIRECTION,
        names(field -> field.type() == FieldType.COMPASS),
        "%s is neither one of the 16 compass points nor 0 to 360");
    add(
        rows,
        RejectReason.INVALID_TEXT,
        code(contract.keyColumn()),
        "a text has more characters than [above](#the-event), a control character or half a surrogate pair; or the"
            + " key, %s, is empty");
    for (Field field : contract.fields()) {
      if (!field.values().isEmpty()) {
        add(
            rows,
            RejectReason.VALUE_NOT_ALLOWED,
            new FieldText(contract.event(), field).names(),
            "%s is none of "
                + field.values().stream()
                    .map(value -> code(value).replace("%", "%%"))
                    .collect(Collectors.joining(", ")));
      }
    }
    add(
        rows,
        RejectReason.OUT_OF_RANGE,
        names(Rules::hasNumbers),
        "%s is outside its [limits](#limits)");
    for (Rule rule : contract.rules()) {
      rows.add(
          List.of(
              code(rule.code()),
              "%s does not hold%s%s"
                  .formatted(
                      code(rule.check().text().replace("|", "\\|")),
                      rule.severity() == Severity.WARN ? "; a quality flag only" : "",
                      rule.description().isEmpty()
                          ? ""
                          : ": " + Markdown.escaped(rule.description()))));
    }
    rows.add(
        List.of(
            code(RejectReason.INVALID_EVENT_TIME.name()),
            "the [time](#the-event) is not %s, or is before 1970; or neither event nor broker tells one"
                .formatted(new OriginText(contract.event()).timeFormat())));
    return rows;
  }

  private void add(List<List<String>> rows, RejectReason reason, String subject, String sentence) {
    if (!subject.isEmpty()) {
      rows.add(List.of(code(reason.name()), sentence.formatted(subject)));
    }
  }

  private String names(Predicate<Field> which) {
    List<String> names =
        contract.fields().stream()
            .filter(which)
            .map(field -> new FieldText(contract.event(), field).names())
            .toList();
    return String.join(", ", names.size() > 1 ? names.subList(0, names.size() - 1) : names)
        + (names.size() > 1 ? " or " + names.get(names.size() - 1) : "");
  }

  private void addLimits(Markdown page) {
    List<List<String>> rows =
        contract.fields().stream().filter(Rules::hasNumbers).map(RulesSection::limits).toList();
    if (rows.isEmpty()) {
      page.block("No field has limits.");
      return;
    }
    page.block(
            """
            Beyond the range of its field a number is `OUT_OF_RANGE`: the event is rejected, or by severity `warn` it gets
            a flag. Range and severity can be set for the job. Beyond the outer limits an event is always rejected
            ([limits](guarantees.md#limits)).""")
        .table(
            List.of("field", "unit", "default range", "outer limits", "severity", "settings"),
            rows);
  }

  private static List<String> limits(Field field) {
    return List.of(
        code(field.name()),
        Markdown.escaped(field.unit()),
        field.range().map(Range::toString).orElse("none"),
        outer(field),
        field.range().isPresent() ? field.severity().name().toLowerCase(Locale.ROOT) : "",
        "%s, %s"
            .formatted(
                code(RuleSetting.range(field.name())), code(RuleSetting.severity(field.name()))));
  }

  /** Those that the contract gives; empty for the standard ones, which the guarantees tell. */
  private static String outer(Field field) {
    return field.hasOwnLimits() ? field.limits().toString() : "";
  }
}
