package io.medallion.job.gold;

import io.medallion.contract.Contract;
import io.medallion.contract.GoldTable;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.WindowConfig;
import io.medallion.job.event.EventRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * The part of the topology that makes gold. For each {@link GoldPath}: combiners chained to the
 * source, the windows, and the tables; from the windows by the contract's key, the tables over
 * everything.
 */
public final class GoldTopology {

  /** Cells, and texts in them, that the combiners of a subtask hold at once: about 50 MB. */
  private static final int MAX_COMBINED = 200_000;

  /** Tables whose sinks had other ids before there were contracts: savepoints have those. */
  private static final Map<String, String> FIRST_IDS =
      Map.of("weather_by_station", "gold-by-station", "weather_summary", "gold-summary");

  private final Contract contract;
  private final WindowConfig windows;
  private final List<GoldPath> paths;
  private final List<Sink<GoldState>> sinks;

  private GoldTopology(JobConfig config, List<Sink<GoldState>> sinks) {
    this.contract = config.rules().contract();
    this.windows = config.windows();
    this.paths = GoldPath.all(config);
    this.sinks = sinks;
  }

  /**
   * Adds all tables of gold.
   *
   * @param events valid and unique
   * @param sinks of the tables, in the order of the contract
   */
  public static void add(
      DataStream<EventRecord> events, JobConfig config, List<Sink<GoldState>> sinks) {
    new GoldTopology(config, sinks).add(events);
  }

  private void add(DataStream<EventRecord> events) {
    for (int i = 0; i < windows.windows().size(); i++) {
      int size = i;
      String id = GoldPath.sizeId(size, windows.windows().get(size));
      DataStream<EventRecord> onTime =
          events.filter(event -> !event.isLate(size)).name("on time" + id).uid("on-time" + id);
      paths.stream().filter(path -> path.size() == size).forEach(path -> addPath(onTime, path));
    }
  }

  private void addPath(DataStream<EventRecord> onTime, GoldPath path) {
    GoldCellType cells = new GoldCellType(path.parts());
    String size = GoldPath.sizeId(path.size(), path.windows());
    SingleOutputStreamOperator<GoldState> closed =
        onTime
            .transform(
                "combiner by " + path.by() + size,
                cells,
                new WindowCombiner(contract, path, MAX_COMBINED / paths.size()))
            .uid("combiner" + path.id())
            .keyBy(cell -> ((GoldCell) cell).key, Types.STRING)
            .window(TumblingEventTimeWindows.of(Duration.ofMillis(path.windows().size())))
            .sideOutputLateData(ClosedWindows.latePart(cells))
            .aggregate(CellMerge.ofKey(path.parts()), cells, cells)
            .name("windows by " + path.by() + size)
            .uid("station-windows" + path.id());
    ClosedWindows.refuse(closed, cells).name("no late part").uid("no-late-part" + path.id());
    for (int i = 0; i < sinks.size(); i++) {
      GoldTable table = contract.gold().get(i);
      if (isMadeBy(path, i) && table.by().filter(path.by()::equals).isPresent()) {
        write(closed, i);
      }
    }
    if (path.by().equals(contract.keyColumn())) {
      addTotals(closed, path, cells);
    }
  }

  private void addTotals(DataStream<GoldState> byKey, GoldPath path, GoldCellType cells) {
    List<Integer> tables =
        IntStream.range(0, sinks.size())
            .filter(i -> isMadeBy(path, i) && contract.gold().get(i).by().isEmpty())
            .boxed()
            .toList();
    if (tables.isEmpty()) {
      return;
    }
    String size = GoldPath.sizeId(path.size(), path.windows());
    var all =
        byKey
            .windowAll(TumblingEventTimeWindows.of(Duration.ofMillis(path.windows().size())))
            .aggregate(CellMerge.ofAll(path.parts()), cells, cells)
            .name("windows over everything" + size)
            .uid("summary-windows" + path.id());
    for (int table : tables) {
      write(all, table).setParallelism(1).setMaxParallelism(1);
    }
  }

  private boolean isMadeBy(GoldPath path, int table) {
    return windows.windowsOf(table).equals(path.windows());
  }

  private DataStreamSink<GoldState> write(DataStream<GoldState> closed, int table) {
    String name = contract.gold().get(table).name();
    return closed
        .sinkTo(sinks.get(table))
        .name("gold " + name)
        .uid(FIRST_IDS.getOrDefault(name, "gold-table-" + name));
  }
}
