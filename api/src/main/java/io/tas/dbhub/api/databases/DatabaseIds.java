package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of databases. */
final class DatabaseIds {
  static final String KEY_HEADER = "Idempotency-Key";

  /** RFC 9562 name space of our keys: itself a random UUID, chosen once. */
  private static final UUID NAMESPACE = UUID.fromString("5d0c1f7e-6f5a-4d9e-9a55-3c2f6f0f1b52");

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

  private DatabaseIds() {}

  static String random() {
    return UUID.randomUUID().toString();
  }

  /**
   * The id that a repeated request meets again: a version 5 UUID of tenant, space and key.
   *
   * @throws ProblemException Invalid for a key that is none
   */
  static String named(Scope scope, String key) {
    if (!KEY.matcher(key).matches()) {
      throw ProblemException.invalid(
          List.of(new Violation(KEY_HEADER, "has 1 to 255 visible ASCII characters")));
    }
    // No two triples are written alike: tenants and spaces hold no line break.
    String name = scope.tenantId() + "\n" + scope.spaceId() + "\n" + key;
    ByteBuffer hash =
        ByteBuffer.wrap(
            sha1(
                ByteBuffer.allocate(16)
                    .putLong(NAMESPACE.getMostSignificantBits())
                    .putLong(NAMESPACE.getLeastSignificantBits())
                    .array(),
                name.getBytes(StandardCharsets.UTF_8)));
    long high = (hash.getLong() & ~0xf000L) | 0x5000L;
    long low = (hash.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low).toString();
  }

  private static byte[] sha1(byte[] namespace, byte[] name) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(namespace);
      return digest.digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
