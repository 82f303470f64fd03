package io.tas.dbhub.core.sealing;

/**
 * Credentials that only a holder of the key set can open, and only for the tenant and object they
 * were sealed for.
 *
 * @param ciphertext base64 of Tink's AEAD output
 */
public record SealedCredentials(String ciphertext) {}
