package io.tas.dbhub.core.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporalTlsTest {
  @TempDir private Path directory;
  private final TemporalTls tls = new TemporalTls();
  private final WorkflowServiceStubsOptions.Builder options =
      WorkflowServiceStubsOptions.newBuilder();

  @Test
  void nothingIsSecuredUnlessItIsEnabled() {
    tls.ca = "nowhere";
    tls.secure(options);
    assertThat(options.build().getSslContext()).isNull();
  }

  @Test
  void theAuthoritiesOfTheJvmAreEnough() {
    tls.enabled = true;
    tls.secure(options);
    assertThat(options.build().getSslContext()).isNotNull();
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    tls.enabled = true;
    tls.certificate = "tls.crt";
    assertThatThrownBy(() -> tls.secure(options)).hasMessageContaining("given together");
  }

  @Test
  void aFileThatIsNoKeyIsNamedAndNotQuoted() throws Exception {
    Path file = Files.writeString(directory.resolve("tls.key"), "hunter2");
    tls.enabled = true;
    tls.certificate = file.toString();
    tls.key = file.toString();
    assertThatThrownBy(() -> tls.secure(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasNoCause()
        .message()
        .doesNotContain("hunter2");
  }

  @Test
  void aMissingAuthorityIsNamed() {
    tls.enabled = true;
    tls.ca = directory.resolve("ca.crt").toString();
    assertThatThrownBy(() -> tls.secure(options)).hasMessageContaining(tls.ca);
  }
}
