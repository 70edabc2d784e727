package io.medallion.job.source;

import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.EventRecord;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The Event Hub as a source of events, and their watermarks, which belong together.
 *
 * @param watermarks of this source only
 */
public record EventSource(
    Source<EventRecord, ?, ?> source, WatermarkStrategy<EventRecord> watermarks) {

  /**
   * The Event Hub of a configuration.
   *
   * @param maxParallelism the job's
   */
  public static EventSource of(JobConfig config, int maxParallelism) {
    return of(config, maxParallelism, EventDecoder::of);
  }

  /** With another decoder than the one that comes with the job. */
  public static EventSource of(JobConfig job, int maxParallelism, EventDecoder.Factory decoders) {
    SourceConfig config = job.source();
    EventRecordDeserializer deserializer =
        new EventRecordDeserializer(config.name().text(), decoders, job.rules(), job.alarm());
    Properties consumer = consumerProperties(config);
    KafkaSourceBuilder<EventRecord> builder =
        KafkaSource.<EventRecord>builder()
            .setTopics(config.topic())
            .setStartingOffsets(new SourceOffsets(config.startingOffsets()))
            .setDeserializer(deserializer)
            .setProperties(consumer);
    if (config.bounded()) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    ConsumerLag lag = new ConsumerLag();
    return new EventSource(
        new EventHubSource(builder.build(), deserializer, consumer, config, lag, maxParallelism),
        EventWatermarks.strategy(job.windows().lateness(), lag));
  }

  private static Properties consumerProperties(SourceConfig config) {
    Properties properties = new Properties();
    // Few, large fetches: measured to halve the cost of polling against the defaults.
    properties.setProperty("max.partition.fetch.bytes", Integer.toString(8 << 20));
    properties.setProperty("receive.buffer.bytes", Integer.toString(1 << 20));
    properties.setProperty("max.poll.records", "5000");
    // Azure's recommendation; Microsoft, "Apache Kafka configurations for Event Hubs".
    properties.setProperty("request.timeout.ms", "60000");
    // What a sender's transaction took back was never sent.
    properties.setProperty("isolation.level", "read_committed");
    // Restarts find their offsets in the job's state; these are for watching the lag.
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.putAll(config.clientProperties());
    properties.putAll(config.consumerProperties());
    // What the source relies on.
    properties.setProperty("group.id", config.groupId());
    properties.setProperty("client.id.prefix", config.groupId());
    properties.setProperty("auto.offset.reset", "none");
    properties.setProperty("enable.auto.commit", "false");
    properties.setProperty("key.deserializer", ByteArrayDeserializer.class.getName());
    properties.setProperty("value.deserializer", ByteArrayDeserializer.class.getName());
    return properties;
  }
}
