package io.tas.dbhub.core.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;

/**
 * Seals and opens credentials (AEAD; associated data: tenant and object id), so that a ciphertext
 * copied to another tenant's or another database's workflow does not open. Thread-safe.
 */
public final class CredentialSealer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Aead aead;

  public CredentialSealer(Aead aead) {
    this.aead = aead;
  }

  /**
   * @param objectId the database's id, or the test's where nothing is saved yet
   */
  public SealedCredentials seal(Credentials credentials, String tenantId, String objectId) {
    try {
      byte[] clear =
          JSON.writeValueAsBytes(
              Map.of("username", credentials.username(), "password", credentials.password()));
      byte[] sealed = aead.encrypt(clear, associatedData(tenantId, objectId));
      return new SealedCredentials(Base64.getEncoder().encodeToString(sealed));
    } catch (GeneralSecurityException | IOException e) {
      throw new UnsealableException("the credentials could not be sealed");
    }
  }

  /**
   * @throws UnsealableException when the key set has no key for it, or it was sealed for another
   *     tenant or object; retrying does not help until the key set is mended
   */
  public Credentials open(SealedCredentials sealed, String tenantId, String objectId) {
    try {
      byte[] ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
      JsonNode clear = JSON.readTree(aead.decrypt(ciphertext, associatedData(tenantId, objectId)));
      return new Credentials(
          clear.path("username").textValue(), clear.path("password").textValue());
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      // The cause may quote what it could not read, so it is not passed on.
      throw new UnsealableException(
          "the sealed credentials do not open with this key set for this tenant and database");
    }
  }

  private static byte[] associatedData(String tenantId, String objectId) {
    return (tenantId + "\n" + objectId).getBytes(StandardCharsets.UTF_8);
  }
}
