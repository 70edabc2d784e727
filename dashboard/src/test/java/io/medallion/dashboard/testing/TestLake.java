package io.medallion.dashboard.testing;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.DirectSink;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import io.medallion.job.event.Text;
import io.medallion.job.event.TumblingWindows;
import io.medallion.job.gold.GoldState;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.job.late.LateTable;
import io.medallion.job.quarantine.QuarantineTable;
import io.medallion.job.rules.Rules;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A lake written as the job writes it, by its own tables and sink: a commit a call. */
public final class TestLake {

  private static final Contract WEATHER = ContractReader.standard();

  /** Of gold's windows. */
  public static final int WINDOW_SECONDS = 10;

  /** Where windows begin in the tests, seconds since 1970. */
  public static final long START = 1_790_000_000L;

  private static final double FIXED_POINT = 1e6;
  private static final int EVENTS_OF_A_WINDOW = 50;

  private final Path root;
  private final int windowSeconds;
  private final Map<String, DirectSink> sinks = new HashMap<>();
  private long nextOffset;

  public TestLake(Path root) {
    this(root, WINDOW_SECONDS);
  }

  /** Makes one with windows of another size. */
  public TestLake(Path root, int windowSeconds) {
    this.root = root;
    this.windowSeconds = windowSeconds;
  }

  public Path root() {
    return root;
  }

  /** A station's window: the numbers are made up from its name and time. */
  public record Weather(String station, long start, double temperature, String conditions) {

    /** One that looks like weather. */
    public static Weather of(String station, long start) {
      double phase = station.hashCode() % 97 / 97.0;
      double hours = (start - START) / 240.0;
      return new Weather(
          station,
          start,
          14 + 9 * Math.sin(6.28 * (phase + hours / 3)) + 2 * phase,
          phase < 0.3 ? "Cloudy" : phase < 0.5 ? "Rain" : "Clear");
    }
  }

  /** Writes both gold tables. */
  public void gold(List<Weather> windows) throws Exception {
    Map<Long, WindowAggregate> all = new HashMap<>();
    List<WindowAggregate> stations = new ArrayList<>();
    for (Weather each : windows) {
      WindowAggregate station = aggregate(each);
      stations.add(station);
      all.merge(
          each.start(),
          aggregate(each),
          (sum, more) -> {
            add(sum, more);
            return sum;
          });
    }
    write(GoldTableEncoder.table(WEATHER, 0), List.<GoldState>copyOf(stations));
    write(GoldTableEncoder.table(WEATHER, 1), List.<GoldState>copyOf(all.values()));
  }

  private WindowAggregate aggregate(Weather weather) {
    long start = weather.start() * 1000;
    WindowAggregate window = new WindowAggregate();
    window.stationId = weather.station();
    window.stationCount = 1;
    window.windowStart = start;
    window.windowEnd = start + windowSeconds * 1000L;
    double wave = Math.sin(weather.start() / 300.0 + weather.station().hashCode());
    double speed = 16 + 14 * wave;
    double direction = Math.toRadians(230 + 70 * wave);
    long count = EVENTS_OF_A_WINDOW;
    window.eventCount = count;
    window.temperatureSum = fixed(weather.temperature() * count);
    window.humiditySum = fixed((60 - 1.2 * weather.temperature() + 8 * wave) * count);
    window.windSpeedSum = fixed(speed * count);
    window.precipitationSum = fixed(Math.max(0, wave - 0.6) * 4);
    window.minTemperature = weather.temperature() - 0.8;
    window.maxTemperature = weather.temperature() + 1.1;
    window.minHumidity = 30;
    window.maxHumidity = 80;
    window.minWindSpeed = speed * 0.6;
    window.maxWindSpeed = speed * 1.4;
    window.windEastSum = fixed(speed * Math.sin(direction) * count);
    window.windNorthSum = fixed(speed * Math.cos(direction) * count);
    window.conditions.put(weather.conditions(), count);
    return window;
  }

  private static void add(WindowAggregate sum, WindowAggregate more) {
    sum.stationCount++;
    sum.eventCount += more.eventCount;
    sum.temperatureSum += more.temperatureSum;
    sum.humiditySum += more.humiditySum;
    sum.windSpeedSum += more.windSpeedSum;
    sum.precipitationSum += more.precipitationSum;
    sum.minTemperature = Math.min(sum.minTemperature, more.minTemperature);
    sum.maxTemperature = Math.max(sum.maxTemperature, more.maxTemperature);
    sum.maxWindSpeed = Math.max(sum.maxWindSpeed, more.maxWindSpeed);
    sum.windEastSum += more.windEastSum;
    sum.windNorthSum += more.windNorthSum;
    more.conditions.forEach((name, count) -> sum.conditions.merge(name, count, Long::sum));
  }

  private static long fixed(double value) {
    return Math.round(value * FIXED_POINT);
  }

  /** Writes valid events to bronze and silver; so many of them are late, too. */
  public void events(int count, int late) throws Exception {
    List<EventRecord> events = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      EventRecord event = record("{\"temperature\": 20}");
      event.clearDecoded(WEATHER.fields().size());
      double[] numbers = {20, 60, 10, CompassPoint.NW.degrees(), 0, Double.NaN};
      System.arraycopy(numbers, 0, event.numbers, 0, numbers.length);
      event.texts[WEATHER.indexOf("conditions")] = new Text("Clear");
      event.group = new Text("st-%04d".formatted(i % 40 + 1));
      event.eventTime = START * 1000 + i;
      event.latenessMillis = 2_500L + i;
      events.add(event);
    }
    write(BronzeTable.table(), events);
    write(SilverTable.table(WEATHER), events);
    write(
        LateTable.table(WEATHER, new TumblingWindows(windowSeconds * 1000L)),
        events.subList(0, late));
  }

  /** Writes an event that was rejected to bronze and quarantine. */
  public void rejected(RejectReason reason, String detail, byte[] body) throws Exception {
    EventRecord event = record("");
    event.body = body;
    event.event = body;
    event.reject(reason, detail);
    write(BronzeTable.table(), List.of(event));
    write(QuarantineTable.table(Rules.standard()), List.of(event));
  }

  private EventRecord record(String body) {
    EventRecord event = new EventRecord();
    event.eventHub = new Text("weather");
    event.partition = 1;
    event.offset = nextOffset++;
    event.enqueuedTime = START * 1000;
    event.processedTime = START * 1000 + 1;
    event.body = body.getBytes(StandardCharsets.UTF_8);
    event.event = event.body;
    return event;
  }

  private <T> void write(LakeTable<T> table, List<T> rows) throws Exception {
    DeltaSinkBuilder<T> builder =
        DeltaSink.<T>builder().rowType(table.rowType()).encoder(table.encoder());
    table.partitionColumn().ifPresent(builder::partitionedBy);
    table.meaning().properties(Map.of()).forEach(builder::tableProperty);
    sinks
        .computeIfAbsent(
            table.path(),
            path -> new DirectSink("file://" + root.toAbsolutePath() + "/" + path, table.name()))
        .write(builder, rows);
  }

  /** Writes rows of a table of gold, and a quarantine, which tells the contract. */
  public void gold(Contract contract, int table, List<Map<String, Object>> rows) throws Exception {
    LakeTable<GoldState> gold = GoldTableEncoder.table(contract, table);
    EventRecord rejected = record("{");
    rejected.event = rejected.body;
    rejected.reject(RejectReason.INVALID_JSON, "no");
    write(QuarantineTable.table(Rules.of(contract)), List.of(rejected));
    write(
        new LakeTable<>(
            gold.name(),
            gold.path(),
            gold.rowType(),
            gold.meaning(),
            Optional.empty(),
            new NamedValues(gold.rowType().getFieldNames())),
        rows);
  }

  /** Sets columns by their names: texts, doubles and longs. */
  private record NamedValues(List<String> columns) implements RowEncoder<Map<String, Object>> {
    @Override
    public void encode(Map<String, Object> row, RowWriter out) {
      for (int i = 0; i < columns.size(); i++) {
        Object value = row.get(columns.get(i));
        if (value instanceof Long number) {
          out.setLong(i, number);
        } else if (value instanceof Double number) {
          out.setDouble(i, number);
        } else if (value instanceof String text) {
          out.setString(i, text);
        }
      }
    }
  }
}
