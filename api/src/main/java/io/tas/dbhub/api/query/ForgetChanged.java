package io.tas.dbhub.api.query;

import io.tas.dbhub.api.audit.Audited;
import io.tas.dbhub.api.auth.Caller;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A query that begins after a change was answered knows of the change. */
public final class ForgetChanged implements ContainerResponseFilter {
  private final KnownTargets targets;

  @Context private ResourceInfo resource;

  /** Jersey sets the resource: a proxy of the current request's. */
  @SuppressWarnings("NullAway.Init")
  public ForgetChanged(KnownTargets targets) {
    this.targets = targets;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    @Nullable Method method = resource.getResourceMethod();
    @Nullable String id = request.getUriInfo().getPathParameters().getFirst("id");
    if (method != null
        && method.isAnnotationPresent(Audited.class)
        && id != null
        && request.getSecurityContext().getUserPrincipal() instanceof Caller caller) {
      targets.forget(caller.scope(), id);
    }
  }
}
