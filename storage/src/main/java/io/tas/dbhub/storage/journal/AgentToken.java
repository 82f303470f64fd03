package io.tas.dbhub.storage.journal;

import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.model.Scope;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A token that somebody issued for an agent. The token itself is nowhere: only who has it can say
 * its secret.
 *
 * @param id a UUID; no secret
 * @param secretHash the SHA-256 of the secret, 64 hex digits
 * @param subject who issued it, and whom it acts for
 * @param role the issuer's, by its name, when it was issued
 * @param level how far it goes on any database
 * @param databases the ids it is for; null for all that its issuer sees
 */
public record AgentToken(
    String id,
    String secretHash,
    Scope scope,
    String subject,
    String role,
    String name,
    AccessLevel level,
    @Nullable List<String> databases,
    Instant createdAt,
    Instant expiresAt) {
  public AgentToken {
    databases = databases == null ? null : List.copyOf(databases);
  }
}
