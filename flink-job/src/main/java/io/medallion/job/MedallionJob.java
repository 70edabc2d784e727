package io.medallion.job;

import io.medallion.delta.HadoopRelease;
import io.medallion.job.config.ConfigException;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.dedup.Deduplicator;
import io.medallion.job.dedup.PartitionKey;
import io.medallion.job.dedup.RocksDbLayout;
import io.medallion.job.event.EventRecord;
import io.medallion.job.gold.GoldPath;
import io.medallion.job.gold.GoldTopology;
import io.medallion.job.hub.HubGuard;
import io.medallion.job.late.LateEvents;
import io.medallion.job.late.LatenessGate;
import io.medallion.job.preflight.Preflight;
import io.medallion.job.preflight.PreflightException;
import io.medallion.job.preflight.RecoveredJob;
import io.medallion.job.source.EventSource;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.apache.flink.state.rocksdb.RocksDBOptions;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The job: events from an Event Hub into the Delta tables of a lake, exactly once.
 *
 * <p>{@link #topology} is the whole of it. From the source to the writers of bronze, silver,
 * quarantine and late, and to the window combiner, everything is chained: an event is decoded once
 * and never copied. Only per-window aggregates cross the network.
 */
public final class MedallionJob {

  private static final Logger LOG = LoggerFactory.getLogger(MedallionJob.class);

  private MedallionJob() {}

  /**
   * Starts the job from a command line, a REST call or a JobManager of its own. The process may be
   * a JobManager that runs other jobs: nothing here ends it.
   *
   * @throws ProgramParametrizationException if the user has to mend something: a setting, a
   *     connection string, a topic, a folder. {@code flink run} shows its message alone
   */
  public static void main(String[] args) throws Exception {
    if (Arrays.asList(args).contains("--help")) {
      System.out.println(JobConfig.help());
      return;
    }
    try {
      JobConfig config = JobConfig.fromArgs(args);
      StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
      if (!RecoveredJob.isOne(env.getConfiguration())) {
        preflight(config, env.getConfiguration());
      }
      define(env, config);
      LOG.info("Starting: {}", config);
      env.execute("medallion");
    } catch (ConfigException | PreflightException e) {
      LOG.error("The job was not started: {}", e.getMessage());
      throw new ProgramParametrizationException(e.getMessage());
    }
  }

  private static void preflight(JobConfig config, ReadableConfig flink) {
    try {
      for (String warning : Preflight.check(config, flink)) {
        LOG.warn(warning);
        System.err.println("Warning: " + warning);
      }
    } finally {
      new HadoopRelease().run();
    }
  }

  /**
   * Adds the job to an environment, with the real source and sinks; the caller executes it.
   *
   * @throws ConfigException if the environment would never commit anything
   */
  public static void define(StreamExecutionEnvironment env, JobConfig config) {
    define(env, config, EventDecoder::of);
  }

  /** As {@link #define(StreamExecutionEnvironment, JobConfig)}, with another decoder. */
  static void define(
      StreamExecutionEnvironment env, JobConfig config, EventDecoder.Factory decoders) {
    if (!config.source().bounded() && !env.getCheckpointConfig().isCheckpointingEnabled()) {
      throw new ConfigException(
          "Checkpoints are off, so no table would ever see a commit: set"
              + " execution.checkpointing.interval in Flink's configuration");
    }
    prepare(env);
    EventSource source = EventSource.of(config, env.getMaxParallelism(), decoders);
    topology(env, source, JobSinks.delta(config), config);
  }

  /**
   * Adds the job to an environment with records that were read from an Event Hub before in its
   * place: decoded and judged, each partition's in the order of their offsets. No broker is asked
   * for anything, and no gaps are written.
   *
   * @param recorded makes the source for a maximum parallelism; its splits are partitions of the
   *     Event Hub that the configuration names
   */
  public static void replay(
      StreamExecutionEnvironment env, IntFunction<EventSource> recorded, JobConfig config) {
    prepare(env);
    EventSource source = recorded.apply(env.getMaxParallelism());
    var events =
        env.fromSource(source.source(), source.watermarks(), "recorded")
            .uid("recorded " + config.source().name().text());
    tables(env, events, JobSinks.delta(config), config);
  }

  private static void prepare(StreamExecutionEnvironment env) {
    env.configure(strict());
    if (env.getConfiguration().getOptional(RocksDBOptions.OPTIONS_FACTORY).isEmpty()) {
      env.configure(
          new Configuration()
              .set(RocksDBOptions.OPTIONS_FACTORY, RocksDbLayout.class.getName())
              // Most parts of a wide window are a station's first: without filters each of them
              // would be looked for in every file.
              .set(RocksDBConfigurableOptions.USE_BLOOM_FILTER, true));
    }
    if (env.getMaxParallelism() <= 0) {
      env.setMaxParallelism(
          KeyGroupRangeAssignment.computeDefaultMaxParallelism(Math.max(1, env.getParallelism())));
    }
  }

  /** Object reuse is safe here and on; generated ids and Kryo would break restarts some day. */
  private static Configuration strict() {
    return new Configuration()
        .set(PipelineOptions.OBJECT_REUSE, true)
        .set(PipelineOptions.AUTO_GENERATE_UIDS, false)
        .set(PipelineOptions.GENERIC_TYPES, false);
  }

  /** The flow from the source to all tables. */
  static void topology(
      StreamExecutionEnvironment env, EventSource source, JobSinks sinks, JobConfig config) {

    SourceConfig hub = config.source();
    var events =
        env.fromSource(source.source(), source.watermarks(), "events")
            .uid(hub.generation() == 1 ? "events" : "events-" + hub.generation())
            .transform(
                "hub",
                TypeInformation.of(EventRecord.class),
                new HubGuard(hub.topic(), hub.generation(), hub::lookup))
            .uid("hub");
    tables(env, events, sinks, config);
  }

  /** The flow from events, each partition's in order, to all tables. */
  private static void tables(
      StreamExecutionEnvironment env,
      SingleOutputStreamOperator<EventRecord> events,
      JobSinks sinks,
      JobConfig config) {

    SourceConfig hub = config.source();
    events.getSideOutput(HubGuard.GAPS).sinkTo(sinks.gaps()).name("gaps").uid("gaps");

    var judged =
        events
            .transform(
                "lateness",
                TypeInformation.of(EventRecord.class),
                new LatenessGate(hub.name(), GoldPath.all(config), config.windows()))
            .uid("lateness");
    var records =
        config.rules().contract().event().hasSeveral()
            ? judged.filter(EventRecord::isFirst).name("records").uid("records")
            : judged;
    records.sinkTo(sinks.bronze()).name("bronze").uid("bronze");

    var rejected = judged.filter(event -> !event.isValid()).name("rejected").uid("rejected");
    rejected.sinkTo(sinks.quarantine()).name("quarantine").uid("quarantine");

    var valid = judged.filter(EventRecord::isValid).name("valid").uid("valid");
    var unique =
        DataStreamUtils.reinterpretAsKeyedStream(
                valid, new PartitionKey(env.getMaxParallelism()), Types.LONG)
            .transform(
                "deduplication",
                TypeInformation.of(EventRecord.class),
                new Deduplicator(hub.name(), config.deduplication()))
            .uid("deduplication");
    unique.sinkTo(sinks.silver()).name("silver").uid("silver");

    unique
        .flatMap(new LateEvents())
        .name("late events")
        .uid("late-events")
        .sinkTo(sinks.late())
        .name("late")
        .uid("late");

    GoldTopology.add(unique, config, sinks.gold());
  }
}
