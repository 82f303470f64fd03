package io.tas.dbhub.api.operations;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.names.SearchAttributes;
import io.temporal.client.WorkflowExecutionMetadata;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which operations somebody sees: their own in their space; an operator those of everybody, and of
 * the whole tenant where they ask for it. Never those of another tenant.
 *
 * @param spaceId empty for all spaces of the tenant
 * @param requester as {@link SearchAttributes#requester} writes it; empty for everybody
 */
record Sight(String tenantId, Optional<String> spaceId, Optional<String> requester) {
  static final String ALL_SPACES = "all_spaces";

  /**
   * @param allSpaces the parameter as it was sent
   * @throws ProblemException Forbidden when somebody who is no operator asks for all spaces
   */
  static Sight of(Caller caller, @Nullable String allSpaces) {
    boolean all = false;
    if (allSpaces != null && !allSpaces.isEmpty()) {
      if (!allSpaces.equals("true") && !allSpaces.equals("false")) {
        throw ProblemException.invalid(List.of(new Violation(ALL_SPACES, "is true or false")));
      }
      all = allSpaces.equals("true");
    }
    if (all && !caller.isOperator()) {
      throw new ProblemException(
          FailureType.FORBIDDEN, "Only operators see the operations of all spaces.");
    }
    return new Sight(
        caller.scope().tenantId(),
        all ? Optional.empty() : Optional.of(caller.scope().spaceId()),
        caller.isOperator()
            ? Optional.empty()
            : Optional.of(SearchAttributes.requester(caller.subject())));
  }

  boolean includes(WorkflowExecutionMetadata found) {
    var attributes = found.getTypedSearchAttributes();
    return tenantId.equals(attributes.get(SearchAttributes.TENANT))
        && spaceId.map(id -> id.equals(attributes.get(SearchAttributes.SPACE))).orElse(true)
        && requester
            .map(by -> by.equals(attributes.get(SearchAttributes.REQUESTED_BY)))
            .orElse(true)
        && attributes.get(SearchAttributes.OPERATION) != null;
  }
}
