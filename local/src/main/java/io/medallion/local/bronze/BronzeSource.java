package io.medallion.local.bronze;

import io.medallion.job.config.JobConfig;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import io.medallion.job.source.EventSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * The records of one Event Hub in bronze, as the job read them: decoded and judged anew, a split
 * for each partition.
 */
public final class BronzeSource
    implements Source<EventRecord, BronzeSplit, List<BronzeSplit>>,
        ResultTypeQueryable<EventRecord> {

  private static final long serialVersionUID = 1L;

  private final BronzeVersion bronze;
  private final RecordedHub hub;
  private final boolean ends;
  private final Rules rules;
  private final int maxParallelism;

  private BronzeSource(
      BronzeVersion bronze, RecordedHub hub, boolean ends, Rules rules, int maxParallelism) {
    this.bronze = bronze;
    this.hub = hub;
    this.ends = ends;
    this.rules = rules;
    this.maxParallelism = maxParallelism;
  }

  /**
   * The records with their watermarks.
   *
   * @param ends whether the input ends with the last record; if not, the job goes on, and has to be
   *     stopped
   * @param maxParallelism the job's: how many key groups there are
   */
  public static EventSource of(
      BronzeVersion bronze, RecordedHub hub, boolean ends, JobConfig config, int maxParallelism) {
    return new EventSource(
        new BronzeSource(bronze, hub, ends, config.rules(), maxParallelism),
        BronzeWatermarks.strategy(config.windows().lateness()));
  }

  @Override
  public Boundedness getBoundedness() {
    return ends ? Boundedness.BOUNDED : Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<EventRecord, BronzeSplit> createReader(SourceReaderContext context) {
    return new BronzeReader(bronze, hub, ends, rules, context::sendSourceEventToCoordinator);
  }

  /** Key groups at even distances: as many subtasks as partitions get one each. */
  @Override
  public SplitEnumerator<BronzeSplit, List<BronzeSplit>> createEnumerator(
      SplitEnumeratorContext<BronzeSplit> context) {
    int count = hub.partitions().size();
    List<BronzeSplit> splits = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RecordedPartition partition = hub.partitions().get(i);
      int keyGroup = (i * maxParallelism + count - 1) / count;
      splits.add(new BronzeSplit(partition.number(), keyGroup, partition.first()));
    }
    return restoreEnumerator(context, splits);
  }

  @Override
  public SplitEnumerator<BronzeSplit, List<BronzeSplit>> restoreEnumerator(
      SplitEnumeratorContext<BronzeSplit> context, List<BronzeSplit> waiting) {
    return new BronzeEnumerator(context, maxParallelism, waiting);
  }

  @Override
  public SimpleVersionedSerializer<BronzeSplit> getSplitSerializer() {
    return new BronzeSplitSerializer.OfOne();
  }

  @Override
  public SimpleVersionedSerializer<List<BronzeSplit>> getEnumeratorCheckpointSerializer() {
    return new BronzeSplitSerializer();
  }

  @Override
  public TypeInformation<EventRecord> getProducedType() {
    return TypeInformation.of(EventRecord.class);
  }
}
