package io.tas.dbhub.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.openapi.OpenApiDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The committed description of the API is what the code gives. After a change that is meant, write
 * it anew with {@code mvn -pl api -am -Dtest=OpenApiTest -Dopenapi.write=true
 * -Dsurefire.failIfNoSpecifiedTests=false test}.
 */
final class OpenApiTest {
  private static final Path COMMITTED = Path.of("src/main/openapi/openapi.json");

  @Test
  void theCommittedDocumentIsTheGeneratedOne() throws IOException {
    String generated = OpenApiDocument.generate();
    if (Boolean.getBoolean("openapi.write")) {
      Files.createDirectories(COMMITTED.getParent());
      Files.writeString(COMMITTED, generated);
    }

    assertThat(Files.readString(COMMITTED)).isEqualTo(generated);
  }

  @Test
  void theSameCodeGivesTheSameDocument() {
    assertThat(OpenApiDocument.generate()).isEqualTo(OpenApiDocument.generate());
  }
}
