package io.medallion.job.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medallion.contract.Contract;
import io.medallion.contract.Field;
import io.medallion.job.event.EventRecord;
import io.medallion.job.event.RejectReason;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How what is noted about a valid event is written into silver: codes in order of precedence, as in
 * {@code OUT_OF_RANGE:temperature,OUT_OF_RANGE:humidity}. A rule that only warns has the code that
 * it would reject with, and the field; {@code INVALID_VALUE} a field whose value is not as declared
 * and became null; then the codes of the contract's rules that only warn; in the end {@link
 * #REDRIVEN}.
 *
 * <p>One instance a thread.
 */
public final class QualityFlags implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The event was quarantined, and added by a later redrive: it is in no window of gold. */
  public static final String REDRIVEN = "REDRIVEN";

  /** The event time is before the tolerance of the {@link EventTimeRule}. */
  static final int PAST_EVENT_TIME_BIT = 0;

  private static final int REDRIVEN_BIT = 1;
  private static final int FIRST_FIELD_BIT = 2;
  private static final int BITS_A_FIELD = 2;

  private final Contract contract;

  // The flags of the last flagged event, and their text.
  private long[] lastFlags = {};
  private byte[] lastText = {};

  public QualityFlags(Contract contract) {
    this.contract = contract;
  }

  /** Stands for a number outside its field's range. */
  static int outOfRange(int field) {
    return FIRST_FIELD_BIT + field * BITS_A_FIELD;
  }

  /** Stands for a value that is not as its field is declared, and became null. */
  public static int invalid(int field) {
    return FIRST_FIELD_BIT + field * BITS_A_FIELD + 1;
  }

  /** Stands for a rule of the contract that only warns, by its place there. */
  public static int broken(Contract contract, int rule) {
    return FIRST_FIELD_BIT + contract.fields().size() * BITS_A_FIELD + rule;
  }

  /** Notes that the event was in quarantine before. */
  public static void markRedriven(EventRecord record) {
    record.warn(REDRIVEN_BIT);
  }

  /**
   * Tells whether silver's text has {@link #REDRIVEN}.
   *
   * @param text null for none
   */
  public static boolean isRedriven(String text) {
    return text != null && (text.equals(REDRIVEN) || text.endsWith("," + REDRIVEN));
  }

  /** The text in UTF-8, not to be changed; null if nothing is noted about the event. */
  public byte[] utf8(EventRecord record) {
    if (!record.isFlagged()) {
      return null;
    }
    if (!Arrays.equals(lastFlags, record.qualityFlags)) {
      lastFlags = record.qualityFlags.clone();
      lastText = text(lastFlags).getBytes(UTF_8);
    }
    return lastText;
  }

  private String text(long[] flags) {
    List<String> codes = new ArrayList<>();
    List<Field> fields = contract.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (isSet(flags, invalid(i))) {
        codes.add("INVALID_VALUE:" + fields.get(i).name());
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      if (isSet(flags, outOfRange(i))) {
        codes.add(RejectReason.OUT_OF_RANGE + ":" + fields.get(i).name());
      }
    }
    for (int i = 0; i < contract.rules().size(); i++) {
      if (isSet(flags, broken(contract, i))) {
        codes.add(contract.rules().get(i).code());
      }
    }
    if (isSet(flags, PAST_EVENT_TIME_BIT)) {
      codes.add(RejectReason.PAST_EVENT_TIME + ":eventTime");
    }
    if (isSet(flags, REDRIVEN_BIT)) {
      codes.add(REDRIVEN);
    }
    return String.join(",", codes);
  }

  private static boolean isSet(long[] flags, int bit) {
    int word = bit / Long.SIZE;
    return word < flags.length && (flags[word] & (1L << bit)) != 0;
  }
}
