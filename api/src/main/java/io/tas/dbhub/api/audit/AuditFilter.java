package io.tas.dbhub.api.audit;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.Problem;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.api.operations.OperationId;
import io.tas.dbhub.core.audit.AuditEntry;
import io.tas.dbhub.core.audit.AuditOutcome;
import io.tas.dbhub.core.failure.FailureType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import java.lang.reflect.Method;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what was refused to somebody we know, and what is done with the answer. What became a
 * workflow is written down by that. Of a request only ids go into an entry, and what the method
 * says of itself.
 */
public final class AuditFilter implements ContainerResponseFilter {
  private static final Set<Integer> REFUSED = Set.of(400, 403, 409, 412, 422);

  /** These name an operation that stands in the way, or whose decision was refused. */
  private static final Set<String> OF_ANOTHER =
      Set.of(FailureType.OPERATION_RUNNING.wireName(), FailureType.NOT_POSSIBLE_NOW.wireName());

  private final AuditQueue queue;
  private final Clock clock;

  @Context private ResourceInfo resource;

  /** Jersey sets the resource: a proxy of the current request's. */
  @SuppressWarnings("NullAway.Init")
  public AuditFilter(AuditQueue queue, Clock clock) {
    this.queue = queue;
    this.clock = clock;
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    @Nullable Method method = resource.getResourceMethod();
    Audited audited = method == null ? null : method.getAnnotation(Audited.class);
    if (audited == null
        || !(request.getSecurityContext().getUserPrincipal() instanceof Caller caller)) {
      return;
    }
    if (refused(response)) {
      queue.offer(entry(caller, audited, request, AuditOutcome.REFUSED, code(response)));
    } else if (audited.doneHere() && response.getStatus() < 400) {
      for (String detail : AuditDetails.of(request)) {
        queue.offer(entry(caller, audited, request, AuditOutcome.SUCCEEDED, detail));
      }
    }
  }

  private static boolean refused(ContainerResponseContext response) {
    if (!REFUSED.contains(response.getStatus())) {
      return false;
    }
    return !(response.getEntity() instanceof Problem problem)
        || problem.operation() == null
        || OF_ANOTHER.contains(problem.code());
  }

  private static String code(ContainerResponseContext response) {
    return response.getEntity() instanceof Problem problem ? problem.code() : "";
  }

  private AuditEntry entry(
      Caller caller,
      Audited audited,
      ContainerRequestContext request,
      AuditOutcome outcome,
      String detail) {
    MultivaluedMap<String, String> path = request.getUriInfo().getPathParameters();
    Optional<OperationId> operation = first(path, "id").flatMap(OperationId::parse);
    String object =
        operation
            .map(OperationId::databaseId)
            .or(() -> first(path, "id").filter(Uuids::valid))
            .or(() -> first(path, "database_id").filter(Uuids::valid))
            .or(() -> AuditDetails.object(request).map(AuditDetails.Target::id))
            .orElse("");
    return new AuditEntry(
        UUID.randomUUID().toString(),
        clock.instant(),
        caller.scope(),
        caller.subject(),
        audited.value(),
        object,
        AuditDetails.object(request).map(AuditDetails.Target::name).orElse(""),
        outcome,
        operation.map(OperationId::toString).orElse(null),
        detail,
        caller.source());
  }

  private static Optional<String> first(MultivaluedMap<String, String> path, String name) {
    return Optional.ofNullable(path.getFirst(name));
  }
}
