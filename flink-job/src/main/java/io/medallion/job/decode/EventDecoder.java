package io.medallion.job.decode;

import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import java.io.Serializable;

/** Reads the body of an event. The seam at which one decoder can be held against another. */
public interface EventDecoder {

  /** A new decoder of the kind that the job runs with. */
  static EventDecoder of(Rules rules) {
    return new FastEventDecoder(rules);
  }

  /** As {@link #of}, with the rules of the weather as they come. */
  static EventDecoder standard() {
    return of(Rules.standard());
  }

  /**
   * Fills the decoded fields and the verdict of {@code record} from {@code body}.
   *
   * <p>Never throws: a body that breaks the contract is rejected with one of the reasons. Fields
   * that the event may leave out stay as {@link EventRecord#clearDecoded} left them. What needs
   * more than the body (the key, the headers, the broker's time) is not decided here.
   *
   * @param body of one event, without what the contract tolerates around it, or null for a
   *     tombstone; neither changed nor kept
   */
  void decode(byte[] body, EventRecord record);

  /** Makes the decoder of one subtask; travels with the job. */
  @FunctionalInterface
  interface Factory extends Serializable {
    EventDecoder create(Rules rules);
  }
}
