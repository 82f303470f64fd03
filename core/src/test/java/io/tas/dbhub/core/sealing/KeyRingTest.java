package io.tas.dbhub.core.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidDefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
  private static final Credentials SECRET = new Credentials("ada", "pa'ss ${w}\"ö\\");

  @TempDir Path folder;
  private KeyRing keys;

  @BeforeEach
  void generate() throws IOException {
    KeyRing.generate(folder);
    keys = KeyRing.load(folder);
  }

  @Test
  void sealedCredentialsOpenForTheirTenantAndDatabaseOnly() {
    SealedCredentials sealed = keys.sealer().seal(SECRET, "acme", "id-1");

    Credentials opened = keys.sealer().open(sealed, "acme", "id-1");
    assertThat(opened.username()).isEqualTo(SECRET.username());
    assertThat(opened.password()).isEqualTo(SECRET.password());
    assertThatThrownBy(() -> keys.sealer().open(sealed, "other", "id-1"))
        .isInstanceOf(UnsealableException.class);
    assertThatThrownBy(() -> keys.sealer().open(sealed, "acme", "id-2"))
        .isInstanceOf(UnsealableException.class);
  }

  @Test
  void aTamperedOrForeignCiphertextDoesNotOpenAndIsNotQuoted() {
    assertThatThrownBy(
            () -> keys.sealer().open(new SealedCredentials("bm90IHNlYWxlZA=="), "acme", "id-1"))
        .isInstanceOf(UnsealableException.class)
        .hasNoCause();
    assertThatThrownBy(() -> keys.sealer().open(new SealedCredentials("%%%"), "acme", "id-1"))
        .isInstanceOf(UnsealableException.class)
        .hasNoCause();
  }

  @Test
  void theSameCredentialsNeverSealToTheSameText() {
    assertThat(keys.sealer().seal(SECRET, "acme", "id-1"))
        .isNotEqualTo(keys.sealer().seal(SECRET, "acme", "id-1"));
  }

  @Test
  void credentialsCannotBeSerializedOrPrinted() {
    assertThat(SECRET.toString()).doesNotContain("ada", "pa'ss");
    assertThatThrownBy(() -> new ObjectMapper().writeValueAsString(SECRET))
        .isInstanceOf(InvalidDefinitionException.class);
  }

  @Test
  void everyInstanceHasItsOwnStableToken() {
    assertThat(keys.dbhubToken("ns", "a"))
        .hasSize(64)
        .isEqualTo(keys.dbhubToken("ns", "a"))
        .isNotEqualTo(keys.dbhubToken("ns", "b"))
        .isNotEqualTo(keys.dbhubToken("other", "a"));
  }

  @Test
  void generatingAgainKeepsTheKeysAndTheyAreReadableByTheOwnerAlone() throws IOException {
    SealedCredentials sealed = keys.sealer().seal(SECRET, "acme", "id-1");

    KeyRing.generate(folder);

    assertThat(KeyRing.load(folder).sealer().open(sealed, "acme", "id-1").password())
        .isEqualTo(SECRET.password());
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("sealing.json"))))
        .isEqualTo("rw-------");
  }

  @Test
  void aMissingKeySetIsNamed() {
    assertThatThrownBy(() -> KeyRing.load(folder.resolve("nowhere")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nowhere");
  }
}
