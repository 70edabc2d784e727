package io.medallion.job.gold;

import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** The type of {@link GoldCell}s with the same parts, for Flink. */
final class GoldCellType extends TypeInformation<GoldState> {

  private static final long serialVersionUID = 1L;

  private final GoldCellSerializer serializer;

  GoldCellType(GoldLayout.Names parts) {
    serializer = new GoldCellSerializer(parts);
  }

  @Override
  public TypeSerializer<GoldState> createSerializer(SerializerConfig config) {
    return serializer;
  }

  @Override
  public Class<GoldState> getTypeClass() {
    return GoldState.class;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof GoldCellType;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GoldCellType type && serializer.equals(type.serializer);
  }

  @Override
  public int hashCode() {
    return serializer.hashCode();
  }

  @Override
  public String toString() {
    return "GoldCell";
  }
}
