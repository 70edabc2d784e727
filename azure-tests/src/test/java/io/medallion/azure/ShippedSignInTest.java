package io.medallion.azure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.azurebfs.oauth2.AccessTokenProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files core-site.xml of flink-conf name classes that this Hadoop has. */
class ShippedSignInTest {

  @ParameterizedTest
  @ValueSource(strings = {"workload-identity", "managed-identity", "client-credentials"})
  void aTokenProviderIsOneOfHadoops(String folder) {
    Configuration configuration = load(folder);

    assertThat(configuration.get("fs.azure.account.auth.type")).isEqualTo("OAuth");
    assertThat(configuration.getClass("fs.azure.account.oauth.provider.type", null))
        .isNotNull()
        .isAssignableTo(AccessTokenProvider.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"workload-identity", "managed-identity", "client-credentials", "shared-key"})
  void aVariableThatIsNotSetIsToldByItsName(String folder) {
    assertThat(load(folder))
        .anySatisfy(property -> assertThat(property.getValue()).contains("${env.AZURE_"));
  }

  private static Configuration load(String folder) {
    Configuration configuration = new Configuration(false);
    Path file = Path.of("../flink-conf/hadoop", folder, "core-site.xml");
    configuration.addResource(new org.apache.hadoop.fs.Path(file.toUri()));
    return configuration;
  }
}
