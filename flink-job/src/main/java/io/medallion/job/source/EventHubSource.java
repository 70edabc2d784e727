package io.medallion.job.source;

import static org.apache.kafka.clients.consumer.ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG;
import static org.apache.kafka.clients.consumer.ConsumerConfig.GROUP_ID_CONFIG;

import io.medallion.job.config.SourceConfig;
import io.medallion.job.event.EventRecord;
import java.io.IOException;
import java.util.List;
import java.util.Properties;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SupportsSplitReassignmentOnRecovery;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.synchronization.FutureCompletingBlockingQueue;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.LineageUtil;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.connector.kafka.source.reader.fetcher.KafkaSourceFetcherManager;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.streaming.api.lineage.LineageVertex;
import org.apache.flink.streaming.api.lineage.LineageVertexProvider;
import org.apache.flink.util.UserCodeClassLoader;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Flink's Kafka source, with an enumerator that chooses the readers of partitions ({@link
 * EventHubEnumerator}), and with readers that check their positions ({@link EventHubReader}) and
 * say how far they got ({@link ConsumerLag}).
 */
final class EventHubSource
    implements Source<EventRecord, KafkaPartitionSplit, EventHubEnumState>,
        ResultTypeQueryable<EventRecord>,
        SupportsSplitReassignmentOnRecovery,
        LineageVertexProvider {

  private static final long serialVersionUID = 1L;

  private final KafkaSource<EventRecord> kafka;
  private final KafkaRecordDeserializationSchema<EventRecord> deserializer;
  private final Properties consumerProperties;
  private final SourceConfig config;
  private final ConsumerLag lag;
  private final int maxParallelism;

  /**
   * @param kafka for everything but reading
   * @param consumerProperties complete
   * @param maxParallelism the job's: how many key groups there are
   */
  EventHubSource(
      KafkaSource<EventRecord> kafka,
      KafkaRecordDeserializationSchema<EventRecord> deserializer,
      Properties consumerProperties,
      SourceConfig config,
      ConsumerLag lag,
      int maxParallelism) {
    this.kafka = kafka;
    this.deserializer = deserializer;
    this.consumerProperties = consumerProperties;
    this.config = config;
    this.lag = lag;
    this.maxParallelism = maxParallelism;
  }

  @Override
  public SourceReader<EventRecord, KafkaPartitionSplit> createReader(SourceReaderContext context)
      throws Exception {
    deserializer.open(initialization(context));
    AssignedSplits assigned = new AssignedSplits();
    ObservedConsumer consumer = new ObservedConsumer(context.metricGroup());
    FutureCompletingBlockingQueue<RecordsWithSplitIds<ConsumerRecord<byte[], byte[]>>> queue =
        new FutureCompletingBlockingQueue<>();
    Configuration options = new Configuration();
    consumerProperties
        .stringPropertyNames()
        .forEach(key -> options.setString(key, consumerProperties.getProperty(key)));
    return new EventHubReader(
        queue,
        new KafkaSourceFetcherManager(
            queue,
            () -> new EventHubSplitReader(consumerProperties, context, consumer, lag, assigned),
            finished -> {}),
        new EventHubEmitter(deserializer),
        options,
        context,
        consumer,
        config,
        lag,
        assigned);
  }

  private static DeserializationSchema.InitializationContext initialization(
      SourceReaderContext context) {
    return new DeserializationSchema.InitializationContext() {
      @Override
      public MetricGroup getMetricGroup() {
        return context.metricGroup().addGroup("deserializer");
      }

      @Override
      public UserCodeClassLoader getUserCodeClassLoader() {
        return context.getUserCodeClassLoader();
      }
    };
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, EventHubEnumState> createEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context) throws IOException {
    return new EventHubEnumerator(kafka::createEnumerator, List.of(), context, maxParallelism);
  }

  @Override
  public SplitEnumerator<KafkaPartitionSplit, EventHubEnumState> restoreEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context, EventHubEnumState checkpoint)
      throws IOException {
    return new EventHubEnumerator(
        discovery -> kafka.restoreEnumerator(discovery, checkpoint.kafka()),
        checkpoint.waiting(),
        context,
        maxParallelism);
  }

  @Override
  public Boundedness getBoundedness() {
    return kafka.getBoundedness();
  }

  @Override
  public SimpleVersionedSerializer<KafkaPartitionSplit> getSplitSerializer() {
    return new EventHubSplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<EventHubEnumState> getEnumeratorCheckpointSerializer() {
    return new EventHubEnumStateSerializer(kafka.getEnumeratorCheckpointSerializer());
  }

  @Override
  public TypeInformation<EventRecord> getProducedType() {
    return kafka.getProducedType();
  }

  /**
   * What listeners of jobs are told: the Event Hub. The connector would tell all of the consumer's
   * properties, how it signs in among them.
   */
  @Override
  public LineageVertex getLineageVertex() {
    Properties told = new Properties();
    told.setProperty(
        BOOTSTRAP_SERVERS_CONFIG, consumerProperties.getProperty(BOOTSTRAP_SERVERS_CONFIG));
    told.setProperty(GROUP_ID_CONFIG, consumerProperties.getProperty(GROUP_ID_CONFIG));
    DefaultKafkaDatasetIdentifier topic =
        DefaultKafkaDatasetIdentifier.ofTopics(List.of(config.topic()));
    return LineageUtil.sourceLineageVertexOf(
        List.of(
            LineageUtil.datasetOf(
                LineageUtil.namespaceOf(told), new DefaultKafkaDatasetFacet(topic, told))));
  }
}
