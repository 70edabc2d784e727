package io.medallion.job.gold;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.TumblingWindows;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The part of the topology that makes gold: for each column that a table is by, combiners chained
 * to the source, the windows, and the tables; from the windows by the contract's key, the tables
 * over everything.
 */
public final class GoldTopology {

  /** Cells, and texts in them, that a combiner holds at once: about 50 MB. */
  private static final int MAX_COMBINED = 200_000;

  /** Tables whose sinks had other ids before there were contracts: savepoints have those. */
  private static final Map<String, String> FIRST_IDS =
      Map.of("weather_by_station", "gold-by-station", "weather_summary", "gold-summary");

  private final Contract contract;
  private final TumblingWindows windows;
  private final List<Sink<GoldState>> sinks;
  private final GoldCellType cells;

  /** The columns that tables are by, and the contract's key. */
  private final Set<String> keys = new LinkedHashSet<>();

  private GoldTopology(JobConfig config, List<Sink<GoldState>> sinks) {
    this.contract = config.rules().contract();
    this.windows = config.windows().windows();
    this.sinks = sinks;
    this.cells = new GoldCellType(contract);
  }

  /**
   * Adds all tables of gold.
   *
   * @param events valid, unique and on time
   * @param sinks of the tables, in the order of the contract
   */
  public static void add(
      DataStream<EventRecord> events, JobConfig config, List<Sink<GoldState>> sinks) {
    new GoldTopology(config, sinks).add(events);
  }

  private void add(DataStream<EventRecord> events) {
    keys.add(contract.keyColumn());
    contract.gold().forEach(table -> table.by().ifPresent(keys::add));
    for (String by : keys) {
      boolean isKey = by.equals(contract.keyColumn());
      SingleOutputStreamOperator<GoldState> closed = windowsBy(events, by, isKey ? "" : "-" + by);
      for (int i = 0; i < sinks.size(); i++) {
        GoldTable table = contract.gold().get(i);
        if (table.by().filter(by::equals).isPresent()) {
          closed.sinkTo(sinks.get(i)).name("gold " + table.name()).uid(id(table));
        }
      }
      if (isKey) {
        addTotals(closed);
      }
    }
  }

  private SingleOutputStreamOperator<GoldState> windowsBy(
      DataStream<EventRecord> events, String by, String suffix) {
    SingleOutputStreamOperator<GoldState> closed =
        events
            .transform(
                "combiner by " + by,
                cells,
                new WindowCombiner(contract, by, windows, MAX_COMBINED / keys.size()))
            .uid("combiner" + suffix)
            .keyBy(cell -> ((GoldCell) cell).key, Types.STRING)
            .window(TumblingEventTimeWindows.of(Duration.ofMillis(windows.size())))
            .sideOutputLateData(ClosedWindows.latePart(contract))
            .aggregate(CellMerge.ofKey(contract), cells, cells)
            .name("windows by " + by)
            .uid("station-windows" + suffix);
    ClosedWindows.refuse(closed, contract).name("no late part").uid("no-late-part" + suffix);
    return closed;
  }

  private void addTotals(DataStream<GoldState> byKey) {
    if (contract.gold().stream().allMatch(table -> table.by().isPresent())) {
      return;
    }
    var all =
        byKey
            .windowAll(TumblingEventTimeWindows.of(Duration.ofMillis(windows.size())))
            .aggregate(CellMerge.ofAll(contract), cells, cells)
            .name("windows over everything")
            .uid("summary-windows");
    for (int i = 0; i < sinks.size(); i++) {
      GoldTable table = contract.gold().get(i);
      if (table.by().isEmpty()) {
        all.sinkTo(sinks.get(i))
            .setParallelism(1)
            .setMaxParallelism(1)
            .name("gold " + table.name())
            .uid(id(table));
      }
    }
  }

  private static String id(GoldTable table) {
    return FIRST_IDS.getOrDefault(table.name(), "gold-table-" + table.name());
  }
}
