package io.medallion.job.preflight;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.compare.ContractDiff;
import io.medallion.contract.compare.Difference;
import io.medallion.contract.compare.Difference.Kind;
import io.medallion.delta.TableProperties;
import io.medallion.job.config.JobConfig;
import io.medallion.job.config.SinkConfig;
import io.medallion.job.table.LakeContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Holds the job's contract against the one that the lake has, before the job starts.
 *
 * <p>A lake that can't be read is not judged here: its folder has a check of its own, and the sinks
 * judge again.
 */
public final class ContractCheck {

  /** Every event is in one of these. */
  private static final List<String> TABLES = List.of("silver", "quarantine");

  private final List<String> failures;
  private final List<String> warnings;
  private final List<String> additions;

  private ContractCheck(List<String> failures, List<String> warnings, List<String> additions) {
    this.failures = failures;
    this.warnings = warnings;
    this.additions = additions;
  }

  private static ContractCheck failed(String why) {
    return new ContractCheck(List.of(why), List.of(), List.of());
  }

  private static ContractCheck nothing() {
    return new ContractCheck(List.of(), List.of(), List.of());
  }

  /** Of the contract with what the settings put in place of parts of it. */
  public static ContractCheck of(JobConfig config) {
    Contract contract = config.rules().contract();
    try {
      return Deadline.await(
          "contract", config.preflight().deadline(), () -> ofLake(contract, config.sink()));
    } catch (ExecutionException e) {
      return e.getCause() instanceof ContractException unreadable
          ? failed(unreadable.getMessage())
          : nothing();
    } catch (TimeoutException e) {
      return nothing();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("Interrupted");
    }
  }

  private static ContractCheck ofLake(Contract contract, SinkConfig sink) {
    return TABLES.stream()
        .flatMap(table -> TableProperties.of(sink.tablePath(table), sink.hadoop()).stream())
        .flatMap(table -> LakeContract.of(table).map(lake -> check(lake, table, contract)).stream())
        .findFirst()
        .orElseGet(ContractCheck::nothing);
  }

  private static ContractCheck check(Contract lake, Map<String, String> table, Contract job) {
    Optional<String> conflict = LakeContract.ofColumns(job).conflict(table);
    if (conflict.isPresent()) {
      return failed(
          "The job's contract does not go with the lake: %s. Take that back, or give the contract a lake of its own (lake.path)"
              .formatted(conflict.get()));
    }
    ContractDiff diff = LakeContract.between(lake, job);
    return new ContractCheck(
        List.of(),
        told("From now on the lake's contract is another. ", diff.of(Kind.RESTATING)),
        told("The lake's contract has more. ", diff.of(Kind.ADDITIVE)));
  }

  private static List<String> told(String what, List<Difference> differences) {
    return differences.stream().map(difference -> what + difference).toList();
  }

  /** Why the job can't start, in a line each. */
  public List<String> failures() {
    return failures;
  }

  /** What is not as it was, in a line each. */
  public List<String> warnings() {
    return warnings;
  }

  /** What is new, and changes nothing that was there, in a line each. */
  public List<String> additions() {
    return additions;
  }
}
