package io.medallion.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A value in a YAML file that knows its place, so that every error can tell it. */
final class YamlNode {

  /** No contract that a person can read is longer. */
  private static final int MAX_CHARACTERS = 1 << 20;

  private static final int MAX_ALIASES = 50;

  private final String file;
  private final List<String> lines;
  private final Node node;

  private YamlNode(String file, List<String> lines, Node node) {
    this.file = file;
    this.lines = lines;
    this.node = node;
  }

  private YamlNode(YamlNode outer, Node node) {
    this(outer.file, outer.lines, node);
  }

  /**
   * Reads a file's text.
   *
   * @throws ContractException if it is not one YAML document
   */
  static YamlNode parse(String file, String text) {
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            .setMaxAliasesForCollections(MAX_ALIASES)
            .build();
    try {
      return new Compose(settings)
          .composeString(text)
          .map(node -> new YamlNode(file, text.lines().toList(), node))
          .orElseThrow(() -> new ContractException(file + ":1:1: the file is empty"));
    } catch (MarkedYamlEngineException e) {
      throw new ContractException(
          "%s: no YAML: %s"
              .formatted(e.getProblemMark().map(m -> at(file, m)).orElse(file), e.getProblem()));
    } catch (StackOverflowError e) {
      throw new ContractException(file + ": no YAML of ours: it is nested too deeply");
    } catch (YamlEngineException e) {
      throw new ContractException("%s: no YAML: %s".formatted(file, e.getMessage()));
    }
  }

  private static String at(String file, Mark mark) {
    return "%s:%d:%d".formatted(file, mark.getLine() + 1, mark.getColumn() + 1);
  }

  /** An error at this place; the format is that of {@link String#format}. */
  ContractException error(String format, Object... values) {
    String place = node.getStartMark().map(mark -> at(file, mark)).orElse(file);
    return new ContractException(place + ": " + String.format(Locale.ROOT, format, values));
  }

  /**
   * An error at a place within this single value: the file's own place, unless the value is written
   * in another way than it reads, with escapes or folded.
   *
   * @param line of the value, from 1 on
   * @param column in Unicode characters, from 0 on
   */
  ContractException errorWithin(int line, int column, String message) {
    List<String> own = text().lines().toList();
    Optional<Mark> start = node.getStartMark();
    Optional<Mark> end = node.getEndMark();
    if (start.isPresent() && end.isPresent() && line <= own.size()) {
      String wanted = own.get(line - 1);
      int from = start.get().getColumn();
      for (int i = start.get().getLine(); i <= end.get().getLine() && i < lines.size(); i++) {
        String written = lines.get(i);
        int found = written.indexOf(wanted, Math.min(from, written.length()));
        if (found >= 0) {
          int place = written.codePointCount(0, found) + column + 1;
          return new ContractException("%s:%d:%d: %s".formatted(file, i + 1, place, message));
        }
        from = 0;
      }
    }
    return error("at its line %d, character %d: %s", line, column + 1, message);
  }

  String text() {
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    throw error("a single value belongs here");
  }

  boolean bool() {
    return switch (text()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw error("'%s' is neither true nor false", text());
    };
  }

  double number() {
    String text = text();
    if (isNumber(text)) {
      return Double.parseDouble(text) + 0.0;
    }
    throw error("'%s' is no number", text);
  }

  /** Whether a text is a finite number. */
  static boolean isNumber(String text) {
    return text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?")
        && !Double.isInfinite(Double.parseDouble(text));
  }

  int integer(int min, int max) {
    String text = text();
    if (text.matches("\\d{1,9}")
        && Integer.parseInt(text) >= min
        && Integer.parseInt(text) <= max) {
      return Integer.parseInt(text);
    }
    throw error("'%s' is no whole number from %d to %d", text, min, max);
  }

  /** One of an enum's constants, written in lower case with blanks. */
  <E extends Enum<E>> E choice(Class<E> type) {
    List<String> allowed = new ArrayList<>();
    for (E constant : type.getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      if (name.equals(text())) {
        return constant;
      }
      allowed.add(name);
    }
    throw error("'%s' is none of %s", text(), String.join(", ", allowed));
  }

  /**
   * What a parser reads.
   *
   * @param parser empty if it is nothing allowed; may tell why by an {@link
   *     IllegalArgumentException}
   */
  <T> T parsed(Function<String, Optional<T>> parser, String allowed) {
    try {
      return parser.apply(text()).orElseThrow(() -> error("'%s' is not %s", text(), allowed));
    } catch (IllegalArgumentException e) {
      throw error("'%s' is not %s: %s", text(), allowed, e.getMessage());
    }
  }

  /** A list, or a single value as a list of it. */
  List<YamlNode> list() {
    if (node instanceof SequenceNode sequence) {
      return sequence.getValue().stream().map(item -> new YamlNode(this, item)).toList();
    }
    return List.of(this);
  }

  boolean isList() {
    return node instanceof SequenceNode;
  }

  boolean isMap() {
    return node instanceof MappingNode;
  }

  /**
   * A map.
   *
   * @param what it is of, for people
   */
  Entries map(String what) {
    if (!(node instanceof MappingNode mapping)) {
      throw error("%s belongs here, with 'name: value' lines", what);
    }
    Map<String, YamlNode> entries = new LinkedHashMap<>();
    Map<String, YamlNode> keys = new LinkedHashMap<>();
    for (NodeTuple entry : mapping.getValue()) {
      YamlNode key = new YamlNode(this, entry.getKeyNode());
      if (entries.put(key.text(), new YamlNode(this, entry.getValueNode())) != null) {
        throw key.error("'%s' is there twice", key.text());
      }
      keys.put(key.text(), key);
    }
    return new Entries(this, entries, keys);
  }

  /** A map whose entries are taken one by one; what is left over is not known. */
  static final class Entries {

    private final YamlNode place;
    private final Map<String, YamlNode> entries;
    private final Map<String, YamlNode> keys;
    private final List<String> asked = new ArrayList<>();

    private Entries(YamlNode place, Map<String, YamlNode> entries, Map<String, YamlNode> keys) {
      this.place = place;
      this.entries = entries;
      this.keys = keys;
    }

    YamlNode place() {
      return place;
    }

    /** The place of a key that is there. */
    YamlNode key(String name) {
      return keys.get(name);
    }

    Optional<YamlNode> take(String name) {
      asked.add(name);
      return Optional.ofNullable(entries.remove(name));
    }

    YamlNode require(String name, String what) {
      return take(name).orElseThrow(() -> place.error("'%s' is missing: %s", name, what));
    }

    /** All entries, by names that the file makes up. */
    Map<String, YamlNode> all() {
      return entries;
    }

    /** Refuses what nobody took. */
    void end() {
      entries.forEach(
          (name, value) -> {
            throw keys.get(name)
                .error("'%s' is not known here; known are %s", name, String.join(", ", asked));
          });
    }
  }
}
