package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.testutils.MetricListener;
import org.apache.flink.runtime.metrics.groups.MetricsGroupTestUtils;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarBinaryType;
import org.apache.flink.table.types.logical.VarCharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand open dates, their rows in random order. */
class ManyPartitionsTest {

  private static final int PARTITIONS = 1_000;
  private static final int ROWS_A_PARTITION = 20;
  private static final int NUMBERS = PARTITIONS * ROWS_A_PARTITION;

  private static final RowType WITH_TEXT =
      RowType.of(
          new LogicalType[] {
            new BigIntType(), VarCharType.STRING_TYPE, new VarBinaryType(VarBinaryType.MAX_LENGTH)
          },
          new String[] {"id", "parity", "text"});

  @TempDir Path folder;

  /** Writes a table as a process of its own; argument: the folder. */
  public static void main(String[] args) throws Exception {
    write(new Numbers("many", Path.of(args[0])));
  }

  private static void write(Numbers numbers) throws Exception {
    DeltaSink<Long> sink = numbers.builder().encoder(new Scattered(PARTITIONS, 0)).build();
    try (SinkSimulation job = new SinkSimulation(sink, 1)) {
      job.write(NUMBERS);
      job.checkpoint();
    }
  }

  @Test
  void inASmallHeapThereIsOneFileAPartitionAndNothingIsLost() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                ManyPartitionsTest.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("exit code; see %s", folder.resolve("output")).isZero();
    Numbers numbers = new Numbers("many", folder);
    numbers.assertHoldsNumbersBelow(NUMBERS);
    assertThat(numbers.table().files()).hasSize(PARTITIONS);
  }

  @Test
  void beyondTheBudgetFilesAreFinishedEarlyAndAreNotSmallerThanTheBudgetMakesThem()
      throws Exception {
    int partitions = 100;
    int rowSize = 1_000;
    long roomForRows = MemorySize.ofMebiBytes(1).getBytes();
    long budget = partitions * OpenFile.OVERHEAD + roomForRows;
    Numbers numbers = new Numbers("tight", folder);
    DeltaSink<Long> sink =
        numbers
            .builder()
            .rowType(WITH_TEXT)
            .encoder(new Scattered(partitions, rowSize))
            .writeBuffer(new MemorySize(budget))
            .build();
    MetricListener metrics = new MetricListener();
    int rows = 10_000;
    try (DeltaSinkWriter<Long> writer =
        sink.newWriter(
            "00000000",
            0,
            0,
            0,
            MetricsGroupTestUtils.mockWriterMetricGroup(metrics.getMetricGroup()))) {
      for (long number = 0; number < rows; number++) {
        writer.write(number, null);
        assertThat(gauge(metrics, "openFilesMemory")).isLessThanOrEqualTo(budget);
      }
      Collection<DataFile> files = writer.prepareCommit();
      assertThat(files.stream().mapToLong(DataFile::rows).sum()).isEqualTo(rows);
      long finishedEarly =
          metrics.getCounter("delta", "numFilesFinishedForMemory").orElseThrow().getCount();
      assertThat((long) files.size()).isBetween(finishedEarly + 1, finishedEarly + partitions);
      // What is finished early makes room: at least half of an even share of it.
      assertThat(finishedEarly)
          .isPositive()
          .isLessThan(2L * rows * rowSize * partitions / roomForRows);
      assertThat(gauge(metrics, "openFilesMemory")).isZero();
    }
  }

  private static long gauge(MetricListener metrics, String name) {
    Gauge<Number> gauge = metrics.<Number>getGauge("delta", name).orElseThrow();
    return gauge.getValue().longValue();
  }

  /**
   * Numbers in partitions drawn by lot.
   *
   * @param textSize length of a random text in a third column; 0 if there is none
   */
  private record Scattered(int partitions, int textSize) implements RowEncoder<Long> {

    @Override
    public void encodePartition(Long number, RowWriter out) {
      out.setString(1, "p" + new Random(number).nextInt(partitions));
    }

    @Override
    public void encode(Long number, RowWriter out) {
      out.setLong(0, number);
      if (textSize > 0) {
        byte[] text = new byte[textSize];
        new Random(number).nextBytes(text);
        out.setBytes(2, text, 0, textSize);
      }
    }
  }
}
