package io.medallion.generator.contract;

import io.medallion.generator.contract.LeafDefects.Defect;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.event.EventFactory;
import io.medallion.generator.event.EventMessage;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.noise.Hash;
import java.util.List;
import java.util.Map;

/** Makes the records of one run: a body, and what is around it. */
final class ContractFactory implements EventFactory {

  private static final int USUAL_BYTES = 1024;

  /** Salts of the defect, which no leaf has. */
  private static final long BROKEN = -1;

  private final Run run;
  private final List<Leaf> leaves;
  private final BodyTemplate template;
  private final Surroundings surroundings;
  private final BodyDefects bodyDefects;
  private final Map<InvalidKind, List<Defect>> leafDefects;
  private final ByteWriter out = new ByteWriter(USUAL_BYTES);

  ContractFactory(
      Run run,
      List<Leaf> leaves,
      BodyTemplate template,
      Surroundings surroundings,
      BodyDefects bodyDefects,
      Map<InvalidKind, List<Defect>> leafDefects) {
    this.run = run;
    this.leaves = leaves;
    this.template = template;
    this.surroundings = surroundings;
    this.bodyDefects = bodyDefects;
    this.leafDefects = leafDefects;
  }

  @Override
  public EventMessage valid(int sender, long time, long index, long draw) {
    Moment moment = new Moment(run, sender, time, index, draw);
    return surroundings.around(body(moment), moment, true);
  }

  @Override
  public EventMessage broken(InvalidKind kind, int sender, long time, long index, long draw) {
    Moment moment = new Moment(run, sender, time, index, draw);
    long choice = moment.ofEvent(BROKEN);
    List<Defect> defects = leafDefects.get(kind);
    if (defects != null) {
      byte[] body = body(moment, defects.get(Hash.index(choice, defects.size())));
      return surroundings.around(body, moment, true);
    }
    byte[] body = body(moment);
    return BodyDefects.KINDS.contains(kind)
        ? surroundings.around(bodyDefects.make(kind, body, choice), moment, true)
        : surroundings.around(body, moment, false);
  }

  private byte[] body(Moment moment) {
    return body((leaf, bytes) -> write(leaf, moment, bytes));
  }

  private byte[] body(Moment moment, Defect defect) {
    return body(
        (leaf, bytes) -> {
          if (leaf != defect.leaf()) {
            return write(leaf, moment, bytes);
          }
          if (defect.json() != null) {
            bytes.putAscii(defect.json());
          }
          return defect.json() != null;
        });
  }

  private byte[] body(BodyTemplate.Values values) {
    out.clear();
    template.write(values, out);
    return out.toBytes();
  }

  private boolean write(int index, Moment moment, ByteWriter bytes) {
    Leaf leaf = leaves.get(index);
    boolean isIn = leaf.isIn(moment);
    if (isIn) {
      leaf.maker().write(moment, bytes);
    }
    return isIn;
  }
}
