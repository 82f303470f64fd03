package io.tas.dbhub.api.databases;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
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
    return Uuids.named(NAMESPACE, scope.tenantId() + "\n" + scope.spaceId() + "\n" + key);
  }
}
