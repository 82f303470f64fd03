package io.tas.dbhub.api.auth;

import io.tas.dbhub.core.access.AccessLevel;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's token narrows its issuer's rights to. It never widens them: what the issuer may
 * not do any more, the token may not either.
 *
 * @param id of the token, no secret
 * @param issuerRole the issuer's role when the token was issued
 * @param level which it goes up to, on any database
 * @param databases the ids it is for; null for all that its issuer sees
 */
public record TokenScope(
    String id, String name, Role issuerRole, AccessLevel level, @Nullable List<String> databases) {
  public TokenScope {
    databases = databases == null ? null : List.copyOf(databases);
  }

  /** Empty for all that its issuer sees. */
  Optional<List<String>> only() {
    return Optional.ofNullable(databases);
  }

  boolean includes(String databaseId) {
    return databases == null || databases.contains(databaseId);
  }

  /** What it may do where no database is named: an agent makes and decides nothing. */
  Role role() {
    Role most = level.allows(AccessLevel.QUERY) ? Role.ANALYST : Role.VIEWER;
    return issuerRole.compareTo(most) < 0 ? issuerRole : most;
  }
}
