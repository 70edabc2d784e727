package io.medallion.job.decode;

import io.medallion.job.event.WeatherRecord;
import java.io.Serializable;

/** Reads the body of an event. The seam at which one decoder can be held against another. */
public interface EventDecoder {

  /** Counts up with every change of what is accepted; quarantine tells it with each row. */
  int RULE_VERSION = 1;

  /** A new decoder of the kind that the job runs with. */
  static EventDecoder standard() {
    return new FastEventDecoder();
  }

  /**
   * Fills the decoded fields and the verdict of {@code record} from {@code body}.
   *
   * <p>Never throws: a body that breaks the contract is rejected with one of the reasons. Fields
   * that the event may leave out stay as {@link WeatherRecord#clearDecoded} left them. What needs
   * more than the body (the key, the broker's time) is not decided here.
   *
   * @param body the event as sent, or null for a tombstone; neither changed nor kept
   */
  void decode(byte[] body, WeatherRecord record);

  /** Makes the decoder of one subtask; travels with the job. */
  @FunctionalInterface
  interface Factory extends Serializable {
    EventDecoder create();
  }
}
