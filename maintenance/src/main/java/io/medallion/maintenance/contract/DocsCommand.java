package io.medallion.maintenance.contract;

import io.medallion.cli.Console;
import io.medallion.cli.WrongUse;
import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import io.medallion.maintenance.cli.LakeCommand;
import io.medallion.maintenance.contract.docs.ContractPage;
import io.medallion.maintenance.contract.sample.FirstValidLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Does the work of {@code medallion contract docs}. */
final class DocsCommand implements LakeCommand<DocsOptions> {

  @Override
  public Class<DocsOptions> options() {
    return DocsOptions.class;
  }

  @Override
  public int run(DocsOptions options, Console console) throws IOException {
    Contract contract = ContractReader.named(options.contract());
    Optional<String> example = Optional.empty();
    if (options.sample().isPresent()) {
      example = Optional.of(example(contract, options.sample().get()));
    }
    Output.write(
        options.out(),
        new ContractPage(contract, options.guarantees()).text(example),
        console.out());
    return 0;
  }

  private static String example(Contract contract, Path sample) throws IOException {
    try (InputStream in = Files.newInputStream(sample)) {
      return FirstValidLine.of(contract, in)
          .orElseThrow(
              () ->
                  new WrongUse(
                      "--sample: no line of %s is valid; 'medallion contract check' tells why."
                          .formatted(sample)));
    } catch (NoSuchFileException e) {
      throw new WrongUse("--sample: there is no file '%s'.".formatted(sample));
    }
  }
}
