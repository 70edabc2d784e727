package io.medallion.job.silver;

import io.medallion.contract.ColumnType;
import io.medallion.contract.Contract;
import io.medallion.contract.DerivedColumn;
import io.medallion.contract.EventForm.UnknownFields;
import io.medallion.contract.Field;
import io.medallion.contract.FieldType;
import io.medallion.contract.Formula;
import io.medallion.contract.expressions.ValueType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** The key, {@code eventTime} and {@code eventId}, between fields and derived columns. */
  private static final int OWN_COLUMNS = 3;

  private final Contract contract;

  /** The partition column. */
  private final int eventDate;

  /** Of fields and derived columns. */
  private transient ValueColumn[] values;

  private transient QualityFlags flags;
  private transient boolean hasSeveral;
  private transient boolean keepsUnknown;

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
      columns.declared(field.name(), ColumnType.of(field));
    }
    columns.text(contract.keyColumn()).timestamp("eventTime").text("eventId");
    for (DerivedColumn column : contract.silver()) {
      columns.declared(column.name(), ColumnType.of(column));
    }
    if (contract.event().unknownFields() == UnknownFields.KEEP) {
      columns.text("extras");
    }
    columns.text("qualityFlags").integer("partition").bigint("offset");
    if (contract.event().hasSeveral()) {
      columns.integer("index");
    }
    return columns
        .timestamp("enqueuedTime")
        .timestamp("processedTime")
        .date("eventDate")
        .text("eventHub")
        .build();
  }

  /** How a value is written. */
  private interface ValueColumn {
    void set(EventRecord event, RowWriter out);
  }

  private void open() {
    flags = new QualityFlags(contract);
    hasSeveral = contract.event().hasSeveral();
    keepsUnknown = contract.event().unknownFields() == UnknownFields.KEEP;
    List<ValueColumn> columns = new ArrayList<>();
    for (int i = 0; i < contract.fields().size(); i++) {
      FieldType type = contract.fields().get(i).type();
      columns.add(type == FieldType.COMPASS ? point(i) : value(type.valueType(), i, i));
    }
    int column = contract.fields().size() + OWN_COLUMNS;
    for (DerivedColumn derived : contract.silver()) {
      columns.add(
          derived.formula() instanceof Formula.Call call
              ? call(call, column)
              : value(derived.formula().type(), contract.placeOf(derived.name()), column));
      column++;
    }
    values = columns.toArray(ValueColumn[]::new);
  }

  /** A value of an event, by its place there. */
  private static ValueColumn value(ValueType type, int i, int column) {
    return switch (type) {
      case DOUBLE -> (event, out) -> Values.setNumber(out, column, event.numbers[i]);
      case STRING ->
          (event, out) -> {
            if (event.texts[i] != null) {
              out.setBytes(column, event.texts[i].utf8);
            }
          };
      case LONG ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              out.setLong(column, event.integers[i]);
            }
          };
      case BOOLEAN ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              out.setBoolean(column, event.integers[i] != 0);
            }
          };
      case TIMESTAMP ->
          (event, out) -> {
            if (event.integers[i] != EventRecord.ABSENT) {
              Values.setTimestamp(out, column, event.integers[i]);
            }
          };
    };
  }

  private static ValueColumn point(int i) {
    return (event, out) -> {
      if (!Double.isNaN(event.numbers[i])) {
        out.setBytes(i, pointName(event.numbers[i]));
      }
    };
  }

  private ValueColumn call(Formula.Call call, int column) {
    DerivedValue derived = new DerivedValue(contract, call);
    if (!call.function().isWhole()) {
      return (event, out) -> Values.setNumber(out, column, derived.of(event.numbers));
    }
    return (event, out) -> {
      double value = derived.of(event.numbers);
      if (!Double.isNaN(value)) {
        out.setInt(column, (int) value);
      }
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
    if (values == null) {
      open();
    }
    for (ValueColumn value : values) {
      value.set(event, out);
    }
    int column = contract.fields().size();
    out.setBytes(column++, event.group.utf8);
    Values.setTimestamp(out, column++, event.eventTime);
    if (event.eventId != null) {
      out.setBytes(column, event.eventId);
    }
    column = values.length + OWN_COLUMNS;
    if (keepsUnknown) {
      if (event.extras != null) {
        out.setBytes(column, event.extras);
      }
      column++;
    }
    byte[] qualityFlags = flags.utf8(event);
    if (qualityFlags != null) {
      out.setBytes(column, qualityFlags);
    }
    out.setInt(++column, event.partition);
    out.setLong(++column, event.offset);
    if (hasSeveral) {
      out.setInt(++column, event.index);
    }
    Values.setTimestamp(out, ++column, event.enqueuedTime);
    Values.setTimestamp(out, ++column, event.processedTime);
    column++; // eventDate
    out.setBytes(++column, event.eventHub.utf8);
  }
}
