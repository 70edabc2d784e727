package io.medallion.maintenance.contract;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.contract.odcs.OdcsDocument;
import java.io.IOException;
import java.io.PrintStream;

/** Does the work of {@code medallion contract export}. */
final class ExportCommand {

  private ExportCommand() {}

  static int run(ExportOptions options, PrintStream out, PrintStream err) throws IOException {
    Contract contract = ContractReader.named(options.contract());
    String text =
        switch (options.format()) {
          case ODCS -> OdcsDocument.yaml(contract);
        };
    Output.write(options.out(), text, out);
    return 0;
  }
}
