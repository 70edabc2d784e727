package io.medallion.contract;

import java.util.List;
import java.util.Optional;

/** Reads how a field's value may come in a body beside in its own JSON type. */
final class ValueFormReader {

  private ValueFormReader() {}

  static ValueForm read(YamlNode.Entries entries, FieldType type, Optional<YamlNode> acceptText) {
    boolean acceptsText = acceptsText(acceptText, type);
    Literals missing = literals(entries.take("missingValues"));
    Literals trueValues = truth(entries.take("trueValues"), type, missing);
    Optional<YamlNode> falseNode = entries.take("falseValues");
    Literals falseValues = truth(falseNode, type, missing);
    if (trueValues.overlaps(falseValues)) {
      throw falseNode.orElseThrow().error("a value can't stand for both true and false");
    }
    return new ValueForm(
        acceptsText,
        acceptsNumber(entries.take("acceptNumber"), type),
        decimalComma(entries.take("decimalChar"), type, acceptsText),
        missing,
        trueValues,
        falseValues);
  }

  private static boolean acceptsText(Optional<YamlNode> node, FieldType type) {
    if (node.isPresent() && (type == FieldType.STRING || type == FieldType.COMPASS)) {
      throw node.get().error("only numbers, booleans and timestamps may come in quotes");
    }
    return node.map(YamlNode::bool).orElse(false);
  }

  private static boolean acceptsNumber(Optional<YamlNode> node, FieldType type) {
    if (node.isPresent() && type != FieldType.STRING) {
      throw node.get().error("only a text, of type string, may come as a number or boolean");
    }
    return node.map(YamlNode::bool).orElse(false);
  }

  private static boolean decimalComma(
      Optional<YamlNode> node, FieldType type, boolean acceptsText) {
    if (node.isEmpty()) {
      return false;
    }
    if (type != FieldType.DOUBLE || !acceptsText) {
      throw node.get()
          .error("only numbers of type double in quotes have it: with 'acceptText: true'");
    }
    return switch (node.get().text()) {
      case "," -> true;
      case "." -> false;
      default -> throw node.get().error("'%s' is neither ',' nor '.'", node.get().text());
    };
  }

  private static Literals truth(Optional<YamlNode> node, FieldType type, Literals missing) {
    Literals literals = literals(node);
    if (node.isPresent() && type != FieldType.BOOLEAN) {
      throw node.get().error("only a boolean has values for true and false");
    }
    if (literals.overlaps(missing)) {
      throw node.orElseThrow().error("a value that is missing stands for nothing else");
    }
    return literals;
  }

  private static Literals literals(Optional<YamlNode> node) {
    List<String> texts =
        node.map(list -> list.list().stream().map(YamlNode::text).toList()).orElse(List.of());
    return new Literals(texts);
  }
}
