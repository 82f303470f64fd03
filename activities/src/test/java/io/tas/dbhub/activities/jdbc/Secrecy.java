package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.health.ConnectionError;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.sealing.Credentials;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What no diagnosis may hold. */
final class Secrecy {
  private Secrecy() {}

  /** That it failed, and that neither its error nor anything else in it tells the login. */
  static void check(Diagnosis diagnosis, Credentials credentials) {
    ConnectionError error = Targets.error(diagnosis);
    assertThat(error.message()).isNotBlank();
    assertThat(error.suggestion()).isNotBlank();
    String password = credentials.password();
    byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
    for (String secret :
        List.of(
            credentials.username(),
            password,
            URLEncoder.encode(password, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().withoutPadding().encodeToString(bytes))) {
      assertThat(diagnosis.toString()).doesNotContain(secret);
    }
  }
}
