package io.tas.dbhub.api.auth;

import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.start.Requester;
import java.security.Principal;
import java.util.Optional;

/**
 * Who asks, and for which space.
 *
 * @param role the highest of the token's roles; empty when it has none that is known
 * @param source the address the request came from, and the agent's token it came with
 * @param token the agent's token they ask with; empty for people
 */
public record Caller(
    String subject, Scope scope, Optional<Role> role, String source, Optional<TokenScope> token)
    implements Principal {
  /** Somebody with a token of the issuer's. */
  public Caller(String subject, Scope scope, Optional<Role> role, String source) {
    this(subject, scope, role, source, Optional.empty());
  }

  @Override
  public String getName() {
    return subject;
  }

  /** Them as who asks for an operation, with a request of its own. */
  public Requester requester() {
    return Requester.once(subject, source);
  }

  public boolean isOperator() {
    return role.filter(Role.OPERATOR::equals).isPresent();
  }

  /** The role that grants are given to: behind an agent's token that of its issuer. */
  Optional<Role> standing() {
    return token.isPresent() ? Optional.of(token.get().issuerRole()) : role;
  }

  boolean mayActAs(String roleName) {
    Optional<Role> needed = Role.fromWireName(roleName);
    return needed.isPresent() && role.isPresent() && role.get().compareTo(needed.get()) >= 0;
  }
}
