package io.medallion.maintenance.contract;

import io.medallion.cli.Console;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.contract.odcs.OdcsDocument;
import java.io.IOException;

/** Does the work of {@code medallion contract export}. */
final class ExportCommand implements LakeCommand<ExportOptions> {

  @Override
  public Class<ExportOptions> options() {
    return ExportOptions.class;
  }

  @Override
  public int run(ExportOptions options, Console console) throws IOException {
    Contract contract = ContractReader.named(options.contract());
    String text =
        switch (options.format()) {
          case ODCS -> OdcsDocument.yaml(contract);
        };
    Output.write(options.out(), text, console.out());
    return 0;
  }
}
