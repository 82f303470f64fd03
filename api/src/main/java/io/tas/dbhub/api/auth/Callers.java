package io.tas.dbhub.api.auth;

import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.journal.AgentToken;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who asks, and for which space: people by the issuer's tokens, agents by ours. */
public final class Callers {
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier issued;
  private final AgentTokenVerifier agents;

  Callers(TokenVerifier issued, AgentTokenVerifier agents) {
    this.issued = issued;
    this.agents = agents;
  }

  /**
   * @param authorization the header; null when none was sent
   * @param space the header that chooses one; null when none was sent
   * @param source the address the request came from
   * @throws ProblemException Unauthenticated, Forbidden, IssuerUnavailable
   * @throws io.tas.dbhub.storage.journal.JournalUnavailableException when it cannot be known
   *     whether an agent's token holds
   */
  public Caller find(@Nullable String authorization, @Nullable String space, String source) {
    String token = token(authorization);
    if (AgentTokenText.meant(token)) {
      return agent(agents.verify(token), space, source);
    }
    Identity identity = issued.verify(token);
    Scope scope = scope(identity, space);
    Optional<Role> role =
        identity.roles().stream()
            .flatMap(name -> Role.fromWireName(name).stream())
            .max(Comparator.naturalOrder());
    return new Caller(identity.subject(), scope, role, source);
  }

  /** The source names the token, so that whatever is written down of what it does does so too. */
  private static Caller agent(AgentToken token, @Nullable String space, String source) {
    if (space != null && !space.isEmpty() && !space.equals(token.scope().spaceId())) {
      throw new ProblemException(FailureType.FORBIDDEN, "The token is not for this space.");
    }
    Role issuerRole =
        Role.fromWireName(token.role())
            .orElseThrow(() -> new IllegalStateException("a token has an unknown role"));
    TokenScope narrowed =
        new TokenScope(token.id(), token.name(), issuerRole, token.level(), token.databases());
    return new Caller(
        token.subject(),
        token.scope(),
        Optional.of(narrowed.role()),
        source + " token " + token.id(),
        Optional.of(narrowed));
  }

  private static String token(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw new ProblemException(FailureType.UNAUTHENTICATED, "A bearer token is needed.");
    }
    return header.substring(SCHEME.length()).strip();
  }

  private static Scope scope(Identity identity, @Nullable String space) {
    if (!Scope.valid(identity.tenantId())) {
      throw new ProblemException(FailureType.FORBIDDEN, "The token names no tenant.");
    }
    List<String> spaces = identity.spaces().stream().filter(Scope::valid).distinct().toList();
    if (spaces.isEmpty()) {
      throw new ProblemException(FailureType.FORBIDDEN, "The token names no space.");
    }
    if (space == null || space.isEmpty()) {
      if (spaces.size() > 1) {
        throw new ProblemException(
            FailureType.FORBIDDEN,
            "The token is for several spaces: say which one in " + BearerFilter.SPACE_HEADER + ".");
      }
      return new Scope(identity.tenantId(), spaces.get(0));
    }
    if (!spaces.contains(space)) {
      throw new ProblemException(FailureType.FORBIDDEN, "The token is not for this space.");
    }
    return new Scope(identity.tenantId(), space);
  }
}
