package io.medallion.maintenance.contract.docs;

import static io.medallion.maintenance.contract.docs.Markdown.code;

import io.medallion.contract.EventForm;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Literals;
import io.medallion.contract.Severity;
import io.medallion.contract.ValueForm;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a field of an event has to be, in words. */
final class FieldText {

  private final EventForm event;
  private final Field field;

  FieldText(EventForm event, Field field) {
    this.event = event;
    this.field = field;
  }

  /** Where it is in the body. */
  String names() {
    return field.paths().stream()
        .map(path -> code(event.written(path)))
        .collect(Collectors.joining(" or "));
  }

  String jsonType() {
    String type =
        switch (field.type()) {
          case DOUBLE -> "number";
          case LONG -> "whole number";
          case BOOLEAN -> "boolean";
          case STRING -> "string";
          case TIMESTAMP -> OriginText.type(field.format());
          case COMPASS -> "string or number";
        };
    if (field.form().acceptsNumber()) {
      return type + ", number or boolean";
    }
    boolean isInQuotes = field.acceptsText() && field.type() != FieldType.TIMESTAMP;
    return isInQuotes ? type + ", also in quotes" : type;
  }

  /** Of the number in the body. */
  String unit() {
    if (field.isConverted()) {
      return "";
    }
    return field.unit().isEmpty() && field.type() == FieldType.COMPASS ? "degrees" : field.unit();
  }

  String meaning() {
    List<String> parts = new ArrayList<>();
    parts.add(field.required() ? "required" : "optional");
    if (!names().equals(code(field.name()))) {
      parts.add("column " + code(field.name()));
    }
    String what = Markdown.escaped(SilverText.lowerCase(field.description()));
    String form = form();
    if (what.isEmpty() || form.isEmpty()) {
      parts.add(what + form);
    } else {
      parts.add(what + ": " + form);
    }
    if (field.isConverted()) {
      parts.add(conversion());
    }
    parts.addAll(tolerances());
    if (field.onInvalid() == Severity.WARN) {
      parts.add("null if it is not so, with a [flag](guarantees.md#quality-flags)");
    }
    return parts.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
  }

  private String form() {
    return switch (field.type()) {
      case COMPASS ->
          "one of the 16 compass points (`N`, `NNE`, `NE`, … in any case), or 0 to 360 degrees clockwise from"
              + " north";
      case TIMESTAMP -> OriginText.words(field.format(), event);
      case STRING ->
          field.values().isEmpty()
              ? "at most %d characters, may be empty".formatted(field.maxLength())
              : "one of "
                  + field.values().stream().map(Markdown::code).collect(Collectors.joining(", "));
      case DOUBLE, LONG, BOOLEAN -> "";
    };
  }

  private List<String> tolerances() {
    ValueForm form = field.form();
    List<String> parts = new ArrayList<>();
    if (form.decimalComma()) {
      parts.add("in quotes with a comma for the point");
    }
    addLiterals(parts, form.trueValues(), "true");
    addLiterals(parts, form.falseValues(), "false");
    addLiterals(parts, form.missing(), "no value");
    return parts;
  }

  private static void addLiterals(List<String> parts, Literals literals, String meaning) {
    if (!literals.isEmpty()) {
      String all =
          literals.written().stream().map(Markdown::code).collect(Collectors.joining(" or "));
      parts.add("%s stands for %s".formatted(all, meaning));
    }
  }

  private String conversion() {
    List<String> steps = new ArrayList<>();
    if (field.scale() != 1) {
      steps.add("times " + plain(field.scale()));
    }
    if (field.offset() != 0) {
      steps.add((field.offset() < 0 ? "less " : "plus ") + plain(Math.abs(field.offset())));
    }
    String unit = field.unit().isEmpty() ? "" : " in " + Markdown.escaped(field.unit());
    return "%s it is the column%s".formatted(String.join(" ", steps), unit);
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
