package io.medallion.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.util.SerializedThrowable;
import org.junit.jupiter.api.Test;

class JobFailedExceptionTest {

  @Test
  void theMessageIsTheFirstLineOfTheRootCause() {
    Throwable failure =
        new RuntimeException(
            "Job failed", new IllegalStateException("wrapped", new IOException("disk full\nat x")));

    assertThat(new JobFailedException(failure)).hasMessage("IOException: disk full");
  }

  @Test
  void aCauseWithoutAMessageIsNamedByItsType() {
    assertThat(new JobFailedException(new NullPointerException()))
        .hasMessage("NullPointerException");
  }

  @Test
  void flinksStandInForAForeignExceptionIsNotNamed() {
    Throwable standIn = new SerializedThrowable(new IOException("disk full"));

    assertThat(new JobFailedException(standIn)).hasMessage("java.io.IOException: disk full");
  }

  @Test
  void anEndlessMessageIsCut() {
    assertThat(new JobFailedException(new IllegalStateException("x".repeat(10_000))).getMessage())
        .hasSizeLessThan(1100);
  }
}
