package io.tas.dbhub.core.sealing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.crypto.tink.Aead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;

/**
 * Seals and opens credentials (AEAD; associated data: tenant and object id), so that a ciphertext
 * copied to another tenant's or another database's workflow does not open. Thread-safe.
 */
public final class CredentialSealer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String USERNAME = "username";
  private static final String PASSWORD = "password";
  private static final Credentials NONE = new Credentials("", "");

  private final Aead aead;

  public CredentialSealer(Aead aead) {
    this.aead = aead;
  }

  /**
   * @param objectId the database's id, or the test's where nothing is saved yet
   */
  public SealedCredentials seal(Credentials credentials, String tenantId, String objectId) {
    return seal(
        new CredentialChange(credentials.username(), credentials.password()), tenantId, objectId);
  }

  /** Seals the halves that are given. */
  public SealedCredentials seal(CredentialChange change, String tenantId, String objectId) {
    try {
      ObjectNode halves = JSON.createObjectNode();
      if (change.username() != null) {
        halves.put(USERNAME, change.username());
      }
      if (change.password() != null) {
        halves.put(PASSWORD, change.password());
      }
      byte[] clear = JSON.writeValueAsBytes(halves);
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
    CredentialChange whole = openChange(sealed, tenantId, objectId);
    if (!whole.isWhole()) {
      throw new UnsealableException("only a half of the credentials was sealed");
    }
    return whole.onto(NONE);
  }

  /** As {@link #open}, for what may be a half. */
  public CredentialChange openChange(SealedCredentials sealed, String tenantId, String objectId) {
    try {
      byte[] ciphertext = Base64.getDecoder().decode(sealed.ciphertext());
      JsonNode clear = JSON.readTree(aead.decrypt(ciphertext, associatedData(tenantId, objectId)));
      return new CredentialChange(
          clear.path(USERNAME).textValue(), clear.path(PASSWORD).textValue());
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
