package io.tas.dbhub.api.tokens;

import io.tas.dbhub.api.auth.AgentTokenText;
import io.tas.dbhub.api.auth.AgentTokenVerifier;
import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Permissions;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.access.GrantRules;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.storage.inventory.DatabaseInventory;
import io.tas.dbhub.storage.journal.AgentToken;
import io.tas.dbhub.storage.journal.AgentTokenPage;
import io.tas.dbhub.storage.journal.AgentTokens;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Issues, shows and revokes agents' tokens: for people only, so that no token makes another. */
public final class TokenIssuing {
  private final AgentTokens tokens;
  private final AgentTokenVerifier verifier;
  private final DatabaseInventory inventory;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param verifier is told what is revoked
   */
  public TokenIssuing(
      AgentTokens tokens, AgentTokenVerifier verifier, DatabaseInventory inventory, Clock clock) {
    this.tokens = tokens;
    this.verifier = verifier;
    this.inventory = inventory;
    this.clock = clock;
  }

  /** What was issued, with the token itself. */
  record Issued(AgentToken token, AgentTokenText text) {}

  /** As exact as the journal keeps it. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  Issued issue(Caller caller, NewToken wanted) {
    Role role = person(caller);
    check(caller, wanted);
    AgentTokenText text = AgentTokenText.random(random);
    AgentToken token =
        new AgentToken(
            text.id(),
            text.hash(),
            caller.scope(),
            caller.subject(),
            role.wireName(),
            wanted.name(),
            wanted.level(),
            wanted.databases(),
            now(),
            wanted.expiresAt().truncatedTo(ChronoUnit.MILLIS));
    if (!tokens.create(token)) {
      throw new ProblemException(
              FailureType.NOT_POSSIBLE_NOW,
              "You have %d tokens that hold, as many as one may.".formatted(AgentTokens.MOST))
          .withSuggestion("Revoke one that is not needed: DELETE /api/v1/tokens/{id}.");
    }
    return new Issued(token, text);
  }

  AgentTokenPage list(Caller caller, int page, int pageSize) {
    person(caller);
    return tokens.list(caller.scope(), whose(caller), page, pageSize);
  }

  void revoke(Caller caller, String id) {
    person(caller);
    if (!tokens.revoke(caller.scope(), id, whose(caller))) {
      throw new ProblemException(FailureType.NOT_FOUND, "There is no such token.");
    }
    verifier.revoked(id);
  }

  private void check(Caller caller, NewToken wanted) {
    if (GrantRules.violation(Grant.user(caller.subject())).isPresent()) {
      throw new ProblemException(
          FailureType.FORBIDDEN,
          "The subject of your token cannot be kept, so no token can act for it.");
    }
    List<Violation> violations = new ArrayList<>();
    AccessLevel ceiling = Permissions.ceiling(caller);
    if (!ceiling.allows(wanted.level())) {
      violations.add(
          new Violation("level", "goes beyond your role's, which is " + ceiling.wireName()));
    }
    List<String> databases = wanted.databases();
    if (databases != null) {
      Set<String> seen =
          inventory.find(caller.scope(), databases).stream()
              .filter(database -> Permissions.level(caller, database).isPresent())
              .map(Database::id)
              .collect(Collectors.toSet());
      for (int i = 0; i < databases.size(); i++) {
        if (!seen.contains(databases.get(i))) {
          violations.add(new Violation("databases[" + i + "]", "is no database in your space"));
        }
      }
    }
    if (!violations.isEmpty()) {
      throw ProblemException.invalid(violations);
    }
  }

  private static @Nullable String whose(Caller caller) {
    return caller.isOperator() ? null : caller.subject();
  }

  private static Role person(Caller caller) {
    if (caller.token().isPresent()) {
      throw new ProblemException(
              FailureType.FORBIDDEN,
              "An agent's token neither issues nor shows nor revokes tokens.")
          .withSuggestion("Ask who issued it.");
    }
    return caller
        .role()
        .orElseThrow(
            () -> new ProblemException(FailureType.FORBIDDEN, "The token names no known role."));
  }
}
