package org.apache.flink.metrics.prometheus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.flink.metrics.reporter.MetricReporter;
import org.apache.flink.metrics.reporter.MetricReporterFactory;
import org.apache.flink.metrics.reporter.Scheduled;

/**
 * Flink's Prometheus reporter, but for its HTTP server, which listens on all addresses: at each
 * report it writes the names that the server would show, sorted, one a line, into a file. It is in
 * this package because the reporter's registry is.
 */
public final class MetricNamesReporter extends AbstractPrometheusReporter implements Scheduled {

  /** Option of the reporter: the path of the file. */
  public static final String FILE = "file";

  private final Path file;

  private MetricNamesReporter(Path file) {
    this.file = file;
  }

  @Override
  public void report() {
    TreeSet<String> names = new TreeSet<>();
    Collections.list(registry.metricFamilySamples()).forEach(family -> names.add(family.name));
    try {
      Files.write(file, names);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Found by Flink through its service file. */
  public static final class Factory implements MetricReporterFactory {
    @Override
    public MetricReporter createMetricReporter(Properties properties) {
      return new MetricNamesReporter(Path.of(properties.getProperty(FILE)));
    }
  }
}
