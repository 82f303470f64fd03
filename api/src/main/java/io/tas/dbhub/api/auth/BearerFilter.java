package io.tas.dbhub.api.auth;

import io.dropwizard.auth.AuthFilter;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out who asks and for which space, before anything else is looked at. */
@Priority(Priorities.AUTHENTICATION)
public final class BearerFilter extends AuthFilter<String, Caller> {
  public static final String SPACE_HEADER = "X-Space-ID";
  private static final String SCHEME = "Bearer ";

  private final TokenVerifier tokens;

  @Context private HttpServletRequest servlet;

  /** Jersey sets the request: a proxy of the current one. */
  @SuppressWarnings("NullAway.Init")
  BearerFilter(TokenVerifier tokens) {
    this.tokens = tokens;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Identity identity = tokens.verify(token(request.getHeaderString(HttpHeaders.AUTHORIZATION)));
    Scope scope = scope(identity, request.getHeaderString(SPACE_HEADER));
    Optional<Role> role =
        identity.roles().stream()
            .flatMap(name -> Role.fromWireName(name).stream())
            .max(Comparator.naturalOrder());
    request.setSecurityContext(
        new CallerContext(
            new Caller(identity.subject(), scope, role, String.valueOf(servlet.getRemoteAddr())),
            request.getSecurityContext().isSecure()));
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
            "The token is for several spaces: say which one in " + SPACE_HEADER + ".");
      }
      return new Scope(identity.tenantId(), spaces.get(0));
    }
    if (!spaces.contains(space)) {
      throw new ProblemException(FailureType.FORBIDDEN, "The token is not for this space.");
    }
    return new Scope(identity.tenantId(), space);
  }

  private record CallerContext(Caller caller, boolean secure) implements SecurityContext {
    @Override
    public Principal getUserPrincipal() {
      return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
      return caller.mayActAs(role);
    }

    @Override
    public boolean isSecure() {
      return secure;
    }

    @Override
    public String getAuthenticationScheme() {
      return "Bearer";
    }
  }
}
