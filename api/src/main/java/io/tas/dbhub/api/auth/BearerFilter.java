package io.tas.dbhub.api.auth;

import io.dropwizard.auth.AuthFilter;
import jakarta.annotation.Priority;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Finds out who asks and for which space, before anything else is looked at. */
@Priority(Priorities.AUTHENTICATION)
public final class BearerFilter extends AuthFilter<String, Caller> {
  public static final String SPACE_HEADER = "X-Space-ID";

  private final Callers callers;

  @Context private HttpServletRequest servlet;

  /** Jersey sets the request: a proxy of the current one. */
  @SuppressWarnings("NullAway.Init")
  public BearerFilter(Callers callers) {
    this.callers = callers;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Caller caller =
        callers.find(
            request.getHeaderString(HttpHeaders.AUTHORIZATION),
            request.getHeaderString(SPACE_HEADER),
            String.valueOf(servlet.getRemoteAddr()));
    request.setSecurityContext(new CallerContext(caller, request.getSecurityContext().isSecure()));
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
