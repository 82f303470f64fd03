package io.tas.dbhub.activities.jdbc.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdentityTest {
  @Test
  void whatAServerSaysItIsIsCutAndPrintable() {
    Identity identity =
        new Identity("8.0\u001b[31m\n\u202e\u2028".repeat(500_000), "😀".repeat(300));

    assertThat(identity.version()).startsWith("8.0?[31m???8.0").hasSize(201).endsWith("…");
    assertThat(identity.database()).isEqualTo("😀".repeat(200) + "…");
    assertThat(new Identity("17.2 (Debian)", "läden"))
        .hasToString("Identity[version=17.2 (Debian), database=läden]");
  }
}
