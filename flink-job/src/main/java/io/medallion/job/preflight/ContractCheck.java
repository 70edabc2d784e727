package io.medallion.job.preflight;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.compare.ContractDiff;
import io.medallion.contract.compare.Difference;
import io.medallion.contract.compare.Difference.Kind;
import io.medallion.delta.TableProperties;
import io.medallion.job.config.SinkConfig;
import io.medallion.job.table.LakeContract;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the job's contract against the one that the lake has, before the job starts. What is added
 * goes to the log; what is different from now on, and why the job can't start, is for people.
 *
 * <p>A lake that can't be read is not judged here: its folder has a check of its own, and the sinks
 * judge again.
 */
final class ContractCheck {

  private static final Logger LOG = LoggerFactory.getLogger(ContractCheck.class);

  /** Every event is in one of these. */
  private static final List<String> TABLES = List.of("silver", "quarantine");

  private final List<String> failures;
  private final List<String> warnings;

  private ContractCheck(List<String> failures, List<String> warnings) {
    this.failures = failures;
    this.warnings = warnings;
  }

  static ContractCheck of(Contract contract, SinkConfig sink, Duration deadline) {
    try {
      return Deadline.await("contract", deadline, () -> ofLake(contract, sink));
    } catch (ExecutionException e) {
      return e.getCause() instanceof ContractException unreadable
          ? new ContractCheck(List.of(unreadable.getMessage()), List.of())
          : new ContractCheck(List.of(), List.of());
    } catch (TimeoutException e) {
      return new ContractCheck(List.of(), List.of());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new ContractCheck(List.of("Interrupted"), List.of());
    }
  }

  private static ContractCheck ofLake(Contract contract, SinkConfig sink) {
    return TABLES.stream()
        .flatMap(table -> TableProperties.of(sink.tablePath(table), sink.hadoop()).stream())
        .flatMap(table -> LakeContract.of(table).map(lake -> check(lake, table, contract)).stream())
        .findFirst()
        .orElseGet(() -> new ContractCheck(List.of(), List.of()));
  }

  private static ContractCheck check(Contract lake, Map<String, String> table, Contract job) {
    Optional<String> conflict = LakeContract.ofColumns(job).conflict(table);
    if (conflict.isPresent()) {
      return new ContractCheck(
          List.of(
              "The job's contract does not go with the lake: %s. Take that back, or give the contract a lake of its own (lake.path)"
                  .formatted(conflict.get())),
          List.of());
    }
    ContractDiff diff = LakeContract.between(lake, job);
    diff.of(Kind.ADDITIVE).forEach(added -> LOG.info("The lake's contract changes: {}", added));
    return new ContractCheck(
        List.of(),
        diff.of(Kind.RESTATING).stream()
            .map(Difference::toString)
            .map("From now on the lake's contract is another. "::concat)
            .toList());
  }

  /** Why the job can't start, in a line each. */
  List<String> failures() {
    return failures;
  }

  /** What is not as it was, in a line each. */
  List<String> warnings() {
    return warnings;
  }
}
