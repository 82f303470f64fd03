package io.tas.dbhub.api.auth;

import io.tas.dbhub.core.model.Scope;
import java.security.Principal;
import java.util.Optional;

/**
 * Who asks, and for which space.
 *
 * @param role the highest of the token's roles; empty when it has none that is known
 * @param source the address the request came from
 */
public record Caller(String subject, Scope scope, Optional<Role> role, String source)
    implements Principal {
  @Override
  public String getName() {
    return subject;
  }

  public boolean isOperator() {
    return role.filter(Role.OPERATOR::equals).isPresent();
  }

  boolean mayActAs(String roleName) {
    Optional<Role> needed = Role.fromWireName(roleName);
    return needed.isPresent() && role.isPresent() && role.get().compareTo(needed.get()) >= 0;
  }
}
