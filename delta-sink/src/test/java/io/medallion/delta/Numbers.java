package io.medallion.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.delta.fault.FaultFileSystem;
import io.medallion.delta.fault.FaultPlan;
import io.medallion.delta.testing.DeltaTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.flink.table.types.logical.BigIntType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.apache.hadoop.conf.Configuration;

/** A table of numbers, partitioned by parity, on a disk that fails on demand. */
final class Numbers {

  static final RowType ROW_TYPE =
      RowType.of(
          new LogicalType[] {new BigIntType(), VarCharType.STRING_TYPE},
          new String[] {"id", "parity"});

  private static final Retries PATIENT = new Retries(4, Duration.ZERO, Duration.ZERO);

  private final FaultPlan faults;
  private final String path;

  /**
   * @param name of the file system's fault plan, and of the table
   */
  Numbers(String name, Path folder) {
    this.faults = FaultPlan.create(name);
    this.path = "fault://" + name + folder + "/" + name;
  }

  FaultPlan faults() {
    return faults;
  }

  String path() {
    return path;
  }

  /** Another submission of a job that writes the table. */
  DeltaSink<Long> sink() {
    return builder().build();
  }

  DeltaSink<Long> onRewind(RewindPolicy policy) {
    return builder().onRewind(policy).build();
  }

  DeltaSinkBuilder<Long> builder() {
    return DeltaSink.<Long>builder()
        .tablePath(path)
        .rowType(ROW_TYPE)
        .encoder(new Encoder())
        .partitionedBy("parity")
        .tableProperty("delta.checkpointInterval", "1000")
        .hadoopConf(FaultFileSystem.settings())
        .retries(PATIENT);
  }

  DeltaTable table() {
    Configuration hadoop = new Configuration();
    FaultFileSystem.settings().forEach(hadoop::set);
    return new DeltaTable(path, hadoop);
  }

  List<Long> ids() {
    return table().rows().stream().map(row -> (Long) row.get("id")).sorted().toList();
  }

  /** Every number below the end is in the table once, and nothing else. */
  void assertHoldsNumbersBelow(long end) {
    assertThat(ids()).isEqualTo(LongStream.range(0, end).boxed().toList());
  }

  static final class Encoder implements RowEncoder<Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public void encodePartition(Long number, RowWriter out) {
      out.setString(1, number % 2 == 0 ? "even" : "odd");
    }

    @Override
    public void encode(Long number, RowWriter out) {
      out.setLong(0, number);
    }
  }
}
