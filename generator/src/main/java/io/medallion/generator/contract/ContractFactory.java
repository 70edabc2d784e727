package io.medallion.generator.contract;

import io.medallion.generator.contract.LeafDefects.Defect;
import io.medallion.generator.event.ByteWriter;
import io.medallion.generator.event.EventFactory;
import io.medallion.generator.event.EventMessage;
import io.medallion.generator.event.InvalidKind;
import io.medallion.generator.noise.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes the records of one run: a body, and what is around it. */
final class ContractFactory implements EventFactory {

  private static final int USUAL_BYTES = 1024;

  /** Salts of the defect and of the number of events, which no leaf has. */
  private static final long BROKEN = -1;

  private static final long SEVERAL = -2;

  private final Run run;
  private final List<Leaf> leaves;
  private final BodyTemplate template;
  private final Packing packing;
  private final int mostEvents;
  private final Surroundings surroundings;
  private final RuleKeeper rules;
  private final BodyDefects bodyDefects;
  private final Map<InvalidKind, List<Defect>> leafDefects;
  private final ByteWriter out = new ByteWriter(USUAL_BYTES);

  /**
   * @param mostEvents that a record has
   */
  ContractFactory(
      Run run,
      List<Leaf> leaves,
      BodyTemplate template,
      Packing packing,
      int mostEvents,
      Surroundings surroundings,
      RuleKeeper rules,
      BodyDefects bodyDefects,
      Map<InvalidKind, List<Defect>> leafDefects) {
    this.run = run;
    this.leaves = leaves;
    this.template = template;
    this.packing = packing;
    this.mostEvents = mostEvents;
    this.surroundings = surroundings;
    this.rules = rules;
    this.bodyDefects = bodyDefects;
    this.leafDefects = leafDefects;
  }

  @Override
  public EventMessage valid(int sender, long time, long index, long draw) {
    Moment moment = rules.keeping(moment(sender, time, index, draw));
    if (packing.isNone()) {
      return surroundings.around(body(moment), moment, true);
    }
    List<BodyTemplate.Values> events = new ArrayList<>();
    events.add(values(moment));
    int more = Hash.index(moment.ofEvent(SEVERAL), mostEvents);
    for (int i = 1; i <= more; i++) {
      Moment other = new Moment(run, sender, time, moment.index() + i, Hash.of(draw, SEVERAL + i));
      events.add(values(rules.keeping(other)));
    }
    return surroundings.around(packing.body(events), moment, true);
  }

  /** Each event of a record has an index of its own. */
  private Moment moment(int sender, long time, long index, long draw) {
    return new Moment(run, sender, time, index * mostEvents, draw);
  }

  @Override
  public EventMessage broken(InvalidKind kind, int sender, long time, long index, long draw) {
    Moment moment = moment(sender, time, index, draw);
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
    return body(values(moment));
  }

  private BodyTemplate.Values values(Moment moment) {
    return (leaf, bytes) -> leaves.get(leaf).write(moment, bytes);
  }

  private byte[] body(Moment moment, Defect defect) {
    BodyTemplate.Values valid = values(moment);
    return body(
        (leaf, bytes) -> {
          if (leaf != defect.leaf()) {
            return valid.write(leaf, bytes);
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
}
