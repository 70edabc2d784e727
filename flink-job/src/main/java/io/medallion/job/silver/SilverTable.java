package io.medallion.job.silver;

import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.Field;
import io.medallion.contract.functions.CompassPoint;
import io.medallion.delta.RowEncoder;
import io.medallion.delta.RowWriter;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.QualityFlags;
import io.medallion.job.table.Columns;
import io.medallion.job.table.LakeContract;
import io.medallion.job.table.LakeTable;
import io.medallion.job.table.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.flink.table.types.logical.RowType;

/**
 * Every valid event, on time or late: its fields, what follows from them, and its lineage.
 *
 * <p>Columns: the contract's fields, the key, {@code eventTime} and {@code eventId}, the derived
 * columns, and what all lakes have.
 */
public final class SilverTable implements RowEncoder<EventRecord> {

  private static final long serialVersionUID = 1L;

  private static final byte[][] POINT_NAMES =
      Arrays.stream(CompassPoint.values())
          .map(point -> point.name().getBytes(StandardCharsets.UTF_8))
          .toArray(byte[][]::new);

  private final Contract contract;

  /** The partition column. */
  private final int eventDate;

  private transient FieldColumn[] fields;
  private transient DerivedValue[] derived;
  private transient boolean[] isWhole;
  private transient QualityFlags flags;

  public SilverTable(Contract contract) {
    this.contract = contract;
    this.eventDate = rowType(contract).getFieldIndex("eventDate");
  }

  public static LakeTable<EventRecord> table(Contract contract) {
    return new LakeTable<>(
        "silver",
        "silver",
        rowType(contract),
        LakeContract.ofColumns(contract),
        Optional.of("eventDate"),
        new SilverTable(contract));
  }

  /** Also the first columns of the late table. */
  public static RowType rowType(Contract contract) {
    Columns columns = new Columns();
    for (Field field : contract.fields()) {
      switch (field.type()) {
        case DOUBLE -> columns.decimal(field.name());
        case LONG -> columns.bigint(field.name());
        case BOOLEAN -> columns.bool(field.name());
        case STRING, COMPASS -> columns.text(field.name());
        case TIMESTAMP -> columns.timestamp(field.name());
      }
    }
    columns.text(contract.keyColumn()).timestamp("eventTime").text("eventId");
    for (DerivedColumn column : contract.silver()) {
      if (column.function().isWhole()) {
        columns.integer(column.name());
      } else {
        columns.decimal(column.name());
      }
    }
    return columns
        .text("qualityFlags")
        .integer("partition")
        .bigint("offset")
        .timestamp("enqueuedTime")
        .timestamp("processedTime")
        .date("eventDate")
        .text("eventHub")
        .build();
  }

  /** How a field is written. */
  private interface FieldColumn {
    void set(EventRecord event, RowWriter out);
  }

  private void open() {
    flags = new QualityFlags(contract);
    derived =
        contract.silver().stream()
            .map(column -> new DerivedValue(contract, column))
            .toArray(DerivedValue[]::new);
    isWhole = new boolean[derived.length];
    for (int i = 0; i < derived.length; i++) {
      isWhole[i] = contract.silver().get(i).function().isWhole();
    }
    fields = new FieldColumn[contract.fields().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = column(contract.fields().get(i), i);
    }
  }

  private static FieldColumn column(Field field, int i) {
    return switch (field.type()) {
      case DOUBLE -> (event, out) -> Values.setNumber(out, i, event.numbers[i]);
      case STRING ->
          (event, out) -> {
            if (event.texts[i] != null) {
              out.setBytes(i, event.texts[i].utf8);
            }
          };
      case COMPASS ->
          (event, out) -> {
            if (!Double.isNaN(event.numbers[i])) {
              out.setBytes(i, pointName(event.numbers[i]));
            }
          };
      case LONG ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              out.setLong(i, event.integers[i]);
            }
          };
      case BOOLEAN ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              out.setBoolean(i, event.integers[i] != 0);
            }
          };
      case TIMESTAMP ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              Values.setTimestamp(out, i, event.integers[i]);
            }
          };
    };
  }

  @SuppressWarnings("EnumOrdinal") // the names never leave this process by it
  private static byte[] pointName(double degrees) {
    return POINT_NAMES[CompassPoint.ofDegrees(degrees).ordinal()];
  }

  @Override
  public void encodePartition(EventRecord event, RowWriter out) {
    Values.setDate(out, eventDate, event.eventTime);
  }

  @Override
  public void encode(EventRecord event, RowWriter out) {
    if (fields == null) {
      open();
    }
    for (FieldColumn field : fields) {
      field.set(event, out);
    }
    int column = fields.length;
    out.setBytes(column++, event.group.utf8);
    Values.setTimestamp(out, column++, event.eventTime);
    if (event.eventId != null) {
      out.setBytes(column, event.eventId);
    }
    column++;
    for (int i = 0; i < derived.length; i++, column++) {
      setDerived(out, column, isWhole[i], derived[i].of(event.numbers));
    }
    byte[] qualityFlags = flags.utf8(event);
    if (qualityFlags != null) {
      out.setBytes(column, qualityFlags);
    }
    out.setInt(++column, event.partition);
    out.setLong(++column, event.offset);
    Values.setTimestamp(out, ++column, event.enqueuedTime);
    Values.setTimestamp(out, ++column, event.processedTime);
    column++; // eventDate
    out.setBytes(++column, event.eventHub.utf8);
  }

  private static void setDerived(RowWriter out, int column, boolean isWhole, double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (isWhole) {
      out.setInt(column, (int) value);
    } else {
      out.setDouble(column, value);
    }
  }
}
