package io.medallion.maintenance.contract;

import io.medallion.cli.Console;
import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractException;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.contract.sample.SampleCheck;
import io.medallion.maintenance.contract.sample.SampleSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Does the work of {@code medallion contract check}. */
final class CheckCommand implements LakeCommand<CheckOptions> {

  /** The contract is right, but it rejects lines of the sample. */
  static final int EXIT_REJECTED = 3;

  @Override
  public Class<CheckOptions> options() {
    return CheckOptions.class;
  }

  @Override
  public int run(CheckOptions options, Console console) throws IOException {
    try (CheckReport report =
        options.json()
            ? new CheckJson(console.out())
            : new CheckText(console.out(), options.summary())) {
      return check(options, report);
    }
  }

  private static int check(CheckOptions options, CheckReport report) throws IOException {
    Contract contract;
    try {
      contract = ContractReader.named(options.contract());
    } catch (ContractException e) {
      report.wrong(e.getMessage());
      throw e;
    }
    report.right(options.contract(), contract);
    if (options.sample().isEmpty()) {
      return 0;
    }
    Path file = options.sample().get();
    try (InputStream in = Files.newInputStream(file)) {
      SampleSummary summary = new SampleCheck(contract, options.record()).run(in, report);
      report.summary(contract, summary);
      return summary.rejectedEvents() == 0 ? 0 : EXIT_REJECTED;
    } catch (NoSuchFileException e) {
      throw new WrongUse("--sample: there is no file '%s'.".formatted(file));
    }
  }
}
