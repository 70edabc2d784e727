package io.medallion.maintenance.testing;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.delta.DeltaSink;
import io.medallion.delta.DeltaSinkBuilder;
import io.medallion.delta.DirectSink;
import io.medallion.delta.fault.FaultFileSystem;
import io.medallion.delta.testing.CanonicalJson;
import io.medallion.delta.testing.DeltaTable;
import io.medallion.job.bronze.BronzeTable;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.Text;
import io.medallion.job.gold.GoldState;
import io.medallion.job.gold.GoldTableEncoder;
import io.medallion.job.gold.WindowAggregate;
import io.medallion.job.silver.SilverTable;
import io.medallion.job.table.LakeTable;
import io.medallion.maintenance.lake.Lake;
import io.medallion.maintenance.lake.LakeTables;
import io.medallion.maintenance.lake.TableDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** A lake that the job's own sinks write, one commit a call and table. */
public final class SmallLake {

  /** The stations that events are of, in turn. */
  public static final int STATIONS = 3;

  private static final Contract CONTRACT = ContractReader.standard();

  /** The tables that it has. */
  public static final LakeTables WEATHER = LakeTables.of(CONTRACT);

  private final String root;
  private final Map<String, String> settings;
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, DirectSink> sinks = new HashMap<>();
  private final Random random = new Random(1);
  private int bodySize = 20;
  private long nextOffset;
  private long nextWindow;

  /**
   * @param root a URI
   * @param settings of Hadoop
   */
  public SmallLake(String root, Map<String, String> settings) {
    this.root = root;
    this.settings = Map.copyOf(settings);
  }

  /** One on a local disk. */
  public SmallLake(Path root) {
    this("file://" + root.toAbsolutePath(), Map.of());
  }

  public Lake lake() {
    return Lake.at(root, settings);
  }

  /** One on a disk that fails on demand, by the plan of that name. */
  public static SmallLake onFaultyDisk(String plan, Path root) {
    Map<String, String> settings = new HashMap<>(FaultFileSystem.settings());
    settings.put("fs.fault.impl", FaultFileSystem.class.getName());
    return new SmallLake("fault://" + plan + root.toAbsolutePath(), settings);
  }

  /** Copies a lake's folder; a lake holds nothing that says where it is. */
  public static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()), COPY_ATTRIBUTES);
      }
    }
  }

  /** Tables that are made from now on have this property. */
  public void property(String key, String value) {
    properties.put(key, value);
  }

  /** From now on the bodies of events are so many bytes that can't be compressed. */
  public void bodies(int size) {
    bodySize = size;
  }

  /** Commits valid events of a day to bronze and silver. */
  public void events(LocalDate day, int count) throws Exception {
    List<EventRecord> events = new ArrayList<>();
    long midnight = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
    for (int i = 0; i < count; i++) {
      events.add(event(midnight + nextOffset * 1000));
    }
    write(BronzeTable.table(), events);
    write(SilverTable.table(CONTRACT), events);
  }

  private EventRecord event(long millis) {
    EventRecord event = new EventRecord();
    event.eventHub = new Text("weather");
    event.partition = 1;
    event.offset = nextOffset++;
    event.enqueuedTime = millis;
    event.arrivalTime = millis;
    event.processedTime = millis + 1;
    event.key = "key-%d".formatted(event.offset).getBytes(StandardCharsets.UTF_8);
    event.headerNames = new String[] {"trace", "none"};
    event.headerValues = new byte[][] {{(byte) event.offset}, null};
    event.body = new byte[bodySize];
    event.event = event.body;
    random.nextBytes(event.body);
    event.clearDecoded(CONTRACT.fields().size());
    double[] numbers = {20 - event.offset, 60, 10, CompassPoint.NW.degrees(), 0, Double.NaN};
    System.arraycopy(numbers, 0, event.numbers, 0, numbers.length);
    event.texts[CONTRACT.indexOf("conditions")] = new Text("Clear");
    event.group = new Text("st-%d".formatted(event.offset % STATIONS));
    event.eventTime = millis;
    return event;
  }

  /** Commits so many windows of one station to gold. */
  public void windows(int count) throws Exception {
    List<GoldState> windows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long start = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli() + nextWindow++ * 1000;
      WindowAggregate window = new WindowAggregate();
      window.stationId = "st-1";
      window.windowStart = start;
      window.windowEnd = start + 1000;
      window.eventCount = 1;
      window.conditions.put("Clear", 1L);
      windows.add(window);
    }
    write(GoldTableEncoder.table(CONTRACT, 0), windows);
  }

  /** Commits rows to a table. */
  public <T> void write(LakeTable<T> table, List<T> rows) throws Exception {
    DeltaSinkBuilder<T> builder =
        DeltaSink.<T>builder()
            .rowType(table.rowType())
            .encoder(table.encoder())
            .hadoopConf(settings);
    properties.forEach(builder::tableProperty);
    table.partitionColumn().ifPresent(builder::partitionedBy);
    sinks
        .computeIfAbsent(table.path(), path -> new DirectSink(root + "/" + path, table.name()))
        .write(builder, rows);
  }

  public DeltaTable table(TableDefinition table) {
    Configuration hadoop = new Configuration();
    settings.forEach(hadoop::set);
    return new DeltaTable(root + "/" + table.path(), hadoop);
  }

  /** The rows of a table in a canonical form, sorted. */
  public List<String> rows(TableDefinition table) {
    return table(table).rows().stream().map(CanonicalJson::render).sorted().toList();
  }
}
