package io.tas.dbhub.api.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Violation;
import jakarta.ws.rs.core.MultivaluedHashMap;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

final class OperationQueryTest {
  private Caller caller =
      new Caller("ada", new Scope("acme", "main"), Optional.of(Role.OPERATOR), "127.0.0.1");
  private final MultivaluedHashMap<String, String> parameters = new MultivaluedHashMap<>();

  @Test
  void aListNeverLeavesItsSpace() {
    assertThat(read(Optional.empty()).visibility())
        .isEqualTo("DbhubTenant = 'acme' AND DbhubSpace = 'main' AND DbhubOperation IS NOT NULL");
  }

  @Test
  void whoIsNoOperatorSeesOnlyTheirOwn() {
    caller = new Caller("a'da", caller.scope(), Optional.of(Role.EDITOR), "127.0.0.1");

    assertThat(read(Optional.empty()).visibility())
        .startsWith("DbhubTenant = 'acme' AND DbhubSpace = 'main' AND DbhubRequestedBy = 'sha256:");
    parameters.putSingle("all_spaces", "true");
    assertThatThrownBy(() -> read(Optional.empty())).isInstanceOf(ProblemException.class);
  }

  @Test
  void anOperatorMaySeeTheWholeTenantAndNoOther() {
    parameters.putSingle("all_spaces", "true");

    assertThat(read(Optional.empty()).visibility())
        .isEqualTo("DbhubTenant = 'acme' AND DbhubOperation IS NOT NULL");
  }

  @Test
  void filtersNarrowTheList() {
    parameters.putSingle("status", "timed_out");
    parameters.putSingle("type", "ProvisionDatabase");
    parameters.putSingle("attention", "true");

    assertThat(read(Optional.of("an-id")).visibility())
        .isEqualTo(
            "DbhubTenant = 'acme' AND DbhubSpace = 'main' AND DbhubDatabase = 'an-id'"
                + " AND DbhubOperation = 'ProvisionDatabase' AND ExecutionStatus = 'TimedOut'"
                + " AND DbhubAttention = true");
  }

  @Test
  void nothingOfARequestGetsBetweenTheQuotesUnchecked() {
    parameters.putSingle("status", "running' OR '1'='1");
    parameters.putSingle("type", "x' OR DbhubTenant = 'other");
    parameters.putSingle("attention", "true OR true");
    parameters.putSingle("page_size", "1000");
    parameters.putSingle("cursor", "*");
    parameters.putSingle("where", "x");

    assertThatThrownBy(() -> read(Optional.empty()))
        .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
        .extracting(ProblemException::violations)
        .asInstanceOf(InstanceOfAssertFactories.list(Violation.class))
        .extracting(Violation::field)
        .containsExactlyInAnyOrder("status", "type", "attention", "page_size", "cursor", "where");
  }

  private OperationQuery read(Optional<String> databaseId) {
    return OperationQuery.read(
        Sight.of(caller, parameters.getFirst(Sight.ALL_SPACES)), databaseId, parameters);
  }
}
