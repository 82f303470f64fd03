package io.tas.dbhub.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvironmentValuesTest {
  @Test
  void aValueIsOneQuotedScalar() {
    EnvironmentValues values =
        new EnvironmentValues(Map.of("PASSWORD", "a\"b: {c}\n\\d", "EMPTY", ""));

    assertThat(values.quoted("PASSWORD")).isEqualTo("\"a\\\"b: {c}\\n\\\\d\"");
    assertThat(values.quoted("EMPTY")).isEqualTo("\"\"");
  }

  @Test
  void aMissingVariableLeavesTheDefault() {
    assertThat(new EnvironmentValues(Map.of()).quoted("PASSWORD")).isNull();
  }
}
