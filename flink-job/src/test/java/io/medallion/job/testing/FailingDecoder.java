package io.medallion.job.testing;

import io.medallion.job.decode.EventDecoder;
import io.medallion.job.event.EventRecord;
import io.medallion.job.rules.Rules;
import java.util.concurrent.atomic.AtomicBoolean;

/** Decodes, and once armed fails at the next event: a defect in an operator, once. */
public final class FailingDecoder implements EventDecoder {

  /** Static, as the decoder is made anew on every restart of the job. */
  private static final AtomicBoolean ARMED = new AtomicBoolean();

  private final EventDecoder real;

  public FailingDecoder(Rules rules) {
    real = EventDecoder.of(rules);
  }

  public static void arm() {
    ARMED.set(true);
  }

  public static boolean hasFailed() {
    return !ARMED.get();
  }

  @Override
  public void decode(byte[] body, EventRecord record) {
    if (ARMED.compareAndSet(true, false)) {
      throw new IllegalStateException("injected failure of an operator");
    }
    real.decode(body, record);
  }
}
