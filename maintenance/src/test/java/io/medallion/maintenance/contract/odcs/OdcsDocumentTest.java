package io.medallion.maintenance.contract.odcs;

import static org.assertj.core.api.Assertions.assertThat;

import io.medallion.contract.Contract;
import io.medallion.contract.ContractReader;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The documents in src/test/resources/odcs are what is exported. docker/checks holds them against
 * the standard's published schema.
 */
class OdcsDocumentTest {

  private static final Path DOCUMENTS = Path.of("src/test/resources/odcs");

  @ParameterizedTest
  @ValueSource(strings = {"weather", "telemetry", "rtl_433"})
  void anExportIsTheDocumentThatIsHeldAgainstTheSchema(String name) {
    Path example = Path.of("../contracts/examples", name + ".yaml");
    Contract contract = ContractReader.shipped(name).orElseGet(() -> ContractReader.read(example));

    assertThat(DOCUMENTS.resolve(name + ".yaml"))
        .as("write it anew: ./medallion contract export %s --format odcs --out …", name)
        .hasContent(OdcsDocument.yaml(contract));
  }
}
