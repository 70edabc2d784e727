package io.medallion.contract;

import io.medallion.contract.EventForm.Encoding;
import io.medallion.contract.EventForm.Records;
import io.medallion.contract.EventForm.Tolerance;
import io.medallion.contract.EventForm.UnknownFields;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads contract files, and checks them as a whole: what it returns has no contradictions.
 *
 * <p>Errors name file, line, column, what is wrong and what is allowed.
 */
public final class ContractReader {

  /** The contract that a job has if it is given none. */
  public static final String STANDARD = "weather";

  /** The contracts in the jar. */
  private static final List<String> SHIPPED = List.of(STANDARD, "telemetry");

  private static final int MAX_FIELDS = 1000;

  private final String file;
  private final ColumnNames names = new ColumnNames();
  private final Paths paths = new Paths();

  private ContractReader(String file) {
    this.file = file;
  }

  /** The contract of the weather. */
  public static Contract standard() {
    return shipped(STANDARD)
        .orElseThrow(() -> new IllegalStateException("the jar has no contract " + STANDARD));
  }

  /** A contract that is in the jar, by its name. */
  public static Optional<Contract> shipped(String name) {
    if (!name.matches("[a-z0-9_-]{1,64}")) {
      return Optional.empty();
    }
    String resource = "/contracts/" + name + ".yaml";
    try (InputStream in = ContractReader.class.getResourceAsStream(resource)) {
      return in == null
          ? Optional.empty()
          : Optional.of(
              read(name + ".yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new ContractException("%s in the jar can't be read: %s".formatted(resource, e));
    }
  }

  /**
   * The contract that a setting or an option names: one that is in the jar, by its name, else that
   * of a file.
   *
   * @throws ContractException if there is neither, or the file is no contract
   */
  public static Contract named(String name) {
    try {
      return shipped(name).orElseGet(() -> read(Path.of(name)));
    } catch (InvalidPathException e) {
      throw new ContractException("'%s' is no name of a file".formatted(name));
    }
  }

  /**
   * Reads a file.
   *
   * @throws ContractException if there is none, or it is no contract
   */
  public static Contract read(Path path) {
    try {
      return read(path.toString(), Files.readString(path));
    } catch (NoSuchFileException e) {
      throw new ContractException(
          "There is no file '%s', and no contract of that name ships; these do: %s"
              .formatted(path, String.join(", ", SHIPPED)));
    } catch (IOException e) {
      throw new ContractException("The contract %s can't be read: %s".formatted(path, e));
    }
  }

  /**
   * Reads the text of a file.
   *
   * @param file how errors call it
   * @throws ContractException if it is no contract
   */
  public static Contract read(String file, String text) {
    return new ContractReader(file).contract(text);
  }

  private Contract contract(String text) {
    YamlNode.Entries top = YamlNode.parse(file, text).map("a contract");
    YamlNode nameNode = top.require("contract", "the name of the kind of events");
    if (!nameNode.text().matches("[a-zA-Z][a-zA-Z0-9_-]{0,63}")) {
      throw nameNode.error(
          "'%s' is no name: a letter, then letters, digits, - and _", nameNode.text());
    }
    int version =
        top.require("version", "a whole number that counts up with every change").integer(1, 2000);
    String description = top.take("description").map(YamlNode::text).orElse("");
    EventForm event = event(top.require("event", "where key, time and id come from"));
    names.reserve(event.key().column());
    List<Field> fields = fields(top.require("fields", "the event's values"), event);
    SilverColumns columns = new SilverColumns(event.key().column(), fields);
    Expressions expressions = new Expressions(event.key().column(), fields);
    List<Rule> rules = top.take("rules").map(new RuleReader(expressions)::rules).orElse(List.of());
    List<DerivedColumn> silver =
        top.take("silver")
            .map(new SilverReader(names, columns, expressions)::columns)
            .orElse(List.of());
    List<GoldTable> gold =
        new GoldReader(columns).tables(top.require("gold", "at least one table of windows"));
    top.end();
    return new Contract(
        nameNode.text(), version, description, event, fields, rules, silver, gold, text);
  }

  private EventForm event(YamlNode place) {
    YamlNode.Entries entries = place.map("the description of the event");
    Optional<YamlNode> dataNode = entries.take("data");
    Optional<JsonPath> data = dataNode.map(path -> path.parsed(JsonPath::parse, JsonPath.ALLOWED));
    OriginReader origins = new OriginReader(data, paths);
    YamlNode.Entries key = entries.require("key", "what groups events").map("the key");
    YamlNode column = key.require("column", "its name in silver and gold");
    names.check(column, column.text());
    EventForm.Key keyForm =
        new EventForm.Key(
            column.text(),
            origins.ofKey(key.require("from", Origin.ALLOWED)),
            key.take("acceptNumber").map(YamlNode::bool).orElse(false),
            key.take("join").map(ContractReader::join).orElse("/"),
            text(key.take("otherwise"), "unknown"));
    if (!keyForm.otherwise().matches("[^\\p{Cntrl}]{1,256}")) {
      throw column.error(
          "'otherwise' is a text of 1 to 256 characters, without control characters");
    }
    key.end();
    YamlNode.Entries time = entries.require("time", "when it happened").map("the time");
    List<Origin> timeFrom = origins.ofTime(time.require("from", Origin.ALLOWED));
    Optional<YamlNode> formatNode = time.take("format");
    Optional<YamlNode> acceptText = time.take("acceptText");
    TimeFormat format = format(formatNode, acceptText);
    Optional<ZoneId> zone = time.take("timeZone").map(ContractReader::zone);
    formatNode.ifPresent(node -> checkZone(node, format, zone));
    time.end();
    EventForm.Id id =
        entries
            .take("id")
            .map(idNode -> id(idNode, origins))
            .orElse(new EventForm.Id(List.of(), false));
    Set<Tolerance> tolerated = EnumSet.noneOf(Tolerance.class);
    entries
        .take("tolerate")
        .ifPresent(
            list -> list.list().forEach(item -> tolerated.add(item.choice(Tolerance.class))));
    Records records =
        entries.take("records").map(node -> node.choice(Records.class)).orElse(Records.OBJECT);
    Optional<Encoding> encoding =
        entries.take("dataEncoding").map(node -> node.choice(Encoding.class));
    UnknownFields unknown =
        entries
            .take("unknownFields")
            .map(node -> node.choice(UnknownFields.class))
            .orElse(UnknownFields.COUNT);
    entries.end();
    if (records == Records.ARRAY || encoding.isPresent()) {
      dataNode.ifPresent(node -> checkData(node, data.orElseThrow()));
    }
    return new EventForm(
        records, data, encoding, unknown, tolerated, zone, keyForm, timeFrom, format, id);
  }

  /** Where events are taken out of, is found by names alone. */
  private static void checkData(YamlNode node, JsonPath data) {
    if (data.names().stream().anyMatch(name -> ElementName.parse(name).isPresent())) {
      throw node.error(
          "'%s' leads through an element told by its value: with 'records: array' or 'dataEncoding', data is a JSON pointer of names",
          data);
    }
  }

  private static EventForm.Id id(YamlNode node, OriginReader origins) {
    YamlNode.Entries id = node.map("the id");
    List<Origin> from = origins.ofId(id.require("from", Origin.ALLOWED));
    EventForm.Id form =
        new EventForm.Id(from, id.take("acceptNumber").map(YamlNode::bool).orElse(false));
    id.end();
    return form;
  }

  /** Of a time whose number may come in quotes, or may not. */
  static TimeFormat format(Optional<YamlNode> node, Optional<YamlNode> acceptText) {
    TimeFormat format =
        node.map(text -> text.parsed(TimeFormat::parse, TimeFormat.ALLOWED))
            .orElse(TimeFormat.STANDARD);
    if (acceptText.isEmpty() || !acceptText.get().bool()) {
      return format;
    }
    if (format.epoch().isEmpty()) {
      throw acceptText.get().error("times of the format '%s' are no numbers", format.text());
    }
    return format.acceptingText();
  }

  /**
   * A pattern whose times may be without an offset needs a zone; a text of ISO-8601 without one is
   * rejected.
   */
  static void checkZone(YamlNode node, TimeFormat format, Optional<ZoneId> zone) {
    if (zone.isEmpty() && format.pattern().filter(pattern -> !pattern.tellsZone()).isPresent()) {
      throw node.error(
          "not all times of '%s' tell an offset: say in 'timeZone' of 'time' which one they have",
          format.pattern().get());
    }
  }

  private static String join(YamlNode node) {
    if (!node.text().matches("[\\x20-\\x7E]")) {
      throw node.error("'%s' is no single printable character of ASCII", node.text());
    }
    return node.text();
  }

  private static ZoneId zone(YamlNode node) {
    try {
      return ZoneId.of(node.text());
    } catch (DateTimeException e) {
      throw node.error("'%s' is no time zone, as 'Z', '+01:00' or 'Europe/Berlin'", node.text());
    }
  }

  private List<Field> fields(YamlNode node, EventForm event) {
    YamlNode.Entries all = node.map("the event's fields");
    if (all.all().isEmpty() || all.all().size() > MAX_FIELDS) {
      throw node.error("%d fields; 1 to %d are allowed", all.all().size(), MAX_FIELDS);
    }
    List<Field> fields = new ArrayList<>();
    FieldReader reader = new FieldReader(event, paths);
    all.all()
        .forEach(
            (name, value) -> {
              names.check(all.key(name), name);
              names.reserve(name);
              fields.add(reader.field(name, value));
            });
    return fields;
  }

  static String text(Optional<YamlNode> node, String otherwise) {
    return node.map(YamlNode::text).orElse(otherwise);
  }
}
