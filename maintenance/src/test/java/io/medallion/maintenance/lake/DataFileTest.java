package io.medallion.maintenance.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFileTest {

  @Test
  void aColumnMayHoldNullUnlessTheStatisticsRuleItOut() throws IOException {
    DataFile file =
        new DataFile(
            null,
            "file",
            Map.of(),
            new JsonMapper().readTree("{\"nullCount\": {\"full\": 0, \"some\": 1}}"));

    assertThat(file.mayHoldNull("full")).isFalse();
    assertThat(file.mayHoldNull("some")).isTrue();
    assertThat(file.mayHoldNull("other")).isTrue();
  }
}
