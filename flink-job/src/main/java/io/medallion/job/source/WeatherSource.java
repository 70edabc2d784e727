package io.medallion.job.source;

import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SourceConfig;
import io.medallion.job.config.WindowConfig;
import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.WeatherRecord;
import java.util.Properties;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;

/** The Event Hub as a source of weather records, and their watermarks. */
public final class WeatherSource {

  private WeatherSource() {}

  public static KafkaSource<WeatherRecord> of(JobConfig config) {
    return of(config, EventDecoder::of);
  }

  /** With another decoder than the one that comes with the job. */
  public static KafkaSource<WeatherRecord> of(JobConfig job, EventDecoder.Factory decoders) {
    SourceConfig config = job.source();
    KafkaSourceBuilder<WeatherRecord> builder =
        KafkaSource.<WeatherRecord>builder()
            .setTopics(config.topic())
            .setGroupId(config.groupId())
            .setStartingOffsets(
                new SourceOffsets(config.startingOffsets(), config.expiredOffsets()))
            .setDeserializer(new WeatherRecordDeserializer(decoders, job.rules(), job.alarm()))
            .setProperties(consumerProperties(config));
    if (config.bounded()) {
      builder.setBounded(OffsetsInitializer.latest());
    }
    return builder.build();
  }

  public static WatermarkStrategy<WeatherRecord> watermarks(
      SourceConfig source, WindowConfig windows) {
    return WeatherWatermarks.strategy(windows.outOfOrderness(), source.idleTimeout());
  }

  private static Properties consumerProperties(SourceConfig config) {
    Properties properties = new Properties();
    // Few, large fetches: measured to halve the cost of polling against the defaults.
    properties.setProperty("max.partition.fetch.bytes", Integer.toString(8 << 20));
    properties.setProperty("receive.buffer.bytes", Integer.toString(1 << 20));
    properties.setProperty("max.poll.records", "5000");
    // Azure's recommendation; Microsoft, "Apache Kafka configurations for Event Hubs".
    properties.setProperty("request.timeout.ms", "60000");
    // Restarts find their offsets in the job's state; these are for watching the lag.
    properties.setProperty("commit.offsets.on.checkpoint", "true");
    properties.putAll(config.clientProperties());
    properties.putAll(config.consumerProperties());
    return properties;
  }
}
