package io.medallion.generator.contract;

import io.medallion.contract.Contract;
import io.medallion.contract.EventForm.Tolerance;
import io.medallion.contract.Origin;
import io.medallion.generator.contract.LeafDefects.Defect;
import io.medallion.generator.event.EventFactory;
import io.medallion.generator.event.EventSpec;
import io.medallion.generator.event.InvalidKind;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events as a contract declares them: what is not asked to be broken is valid by it. Numbers take a
 * smooth course within their range, a field that is not required is absent at times, key, time and
 * id are where the contract prefers them to be.
 */
public final class ContractEvents implements EventSpec {

  private static final long SAMPLE_TIME = 1_800_000_000_000L;

  /** As many as are in a record that may have several. */
  private static final int MOST_EVENTS = 3;

  private final Contract contract;
  private final Origins origins;
  private final List<Leaf> leaves;
  private final BodyTemplate template;
  private final Map<InvalidKind, List<Defect>> leafDefects;

  private ContractEvents(Contract contract) {
    this.contract = contract;
    this.origins = new Origins(contract);
    this.leaves = Leaves.of(contract, origins);
    this.template =
        new BodyTemplate(leaves.stream().map(Leaf::path).toList(), contract.event().data());
    this.leafDefects = LeafDefects.of(contract, leaves);
    requireEvents();
  }

  /** Whether the rules leave room for events, at some hour of a day. */
  private void requireEvents() {
    Run run = new Run(0, SAMPLE_TIME, contract.event().timeZone());
    RuleKeeper rules = rules();
    IllegalArgumentException none = null;
    for (int hour = 0; hour < 24; hour++) {
      try {
        rules.keeping(new Moment(run, 0, SAMPLE_TIME + Duration.ofHours(hour).toMillis(), 0, 0));
        return;
      } catch (IllegalArgumentException e) {
        none = e;
      }
    }
    throw none;
  }

  private RuleKeeper rules() {
    return new RuleKeeper(contract, new MadeValues(contract, leaves, surroundings()));
  }

  private Surroundings surroundings() {
    return new Surroundings(contract.event(), origins, leaves);
  }

  /**
   * The events of a contract.
   *
   * @throws IllegalArgumentException if the contract allows no event; it names the value
   */
  public static ContractEvents of(Contract contract) {
    return new ContractEvents(contract);
  }

  @Override
  public String called() {
    return "the contract " + contract.name();
  }

  @Override
  public boolean tellsTime() {
    return origins.of(Role.TIME).filter(origin -> !isEnqueuedTime(origin)).isPresent();
  }

  private static boolean isEnqueuedTime(Origin origin) {
    return origin instanceof Origin.EnqueuedTime;
  }

  /** An id that is the key or the time at once tells no events apart. */
  @Override
  public boolean hasId() {
    return origins.of(Role.ID).flatMap(origins::firstAt).filter(Role.ID::equals).isPresent();
  }

  @Override
  public long timeUnitMillis() {
    return Times.unitMillis(contract.event().timeFormat());
  }

  @Override
  public Set<InvalidKind> invalidKinds() {
    EnumSet<InvalidKind> kinds = EnumSet.copyOf(BodyDefects.KINDS);
    kinds.addAll(leafDefects.keySet());
    if (isTimeOutsideTheBody()) {
      kinds.add(InvalidKind.INVALID_EVENT_TIME);
    }
    return Collections.unmodifiableSet(kinds);
  }

  private boolean isTimeOutsideTheBody() {
    return tellsTime() && origins.of(Role.TIME).filter(Origin.InField.class::isInstance).isEmpty();
  }

  @Override
  public EventFactory factory(int senders, long seed, long startMillis) {
    BodyDefects bodyDefects =
        new BodyDefects(
            template.names(),
            contract.event().tolerated().contains(Tolerance.BYTE_ORDER_MARK),
            contract.event().records());
    return new ContractFactory(
        new Run(seed, startMillis, contract.event().timeZone()),
        leaves,
        template,
        new Packing(contract.event(), template),
        mostEvents(),
        surroundings(),
        rules(),
        bodyDefects,
        leafDefects);
  }

  /** One, where all events of a record would have the same id. */
  private int mostEvents() {
    boolean isIdShared =
        hasId()
            && origins
                .of(Role.ID)
                .filter(
                    id ->
                        id instanceof Origin.InField in
                            && contract
                                .event()
                                .data()
                                .map(data -> data.isPrefixOf(in.path()))
                                .orElse(true))
                .isEmpty();
    return contract.event().hasSeveral() && !isIdShared ? MOST_EVENTS : 1;
  }
}
