package io.tas.dbhub.api.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.api.auth.Caller;
import io.tas.dbhub.api.auth.Role;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.decision.Choice;
import io.tas.dbhub.core.decision.Decision;
import io.tas.dbhub.core.decision.ParkedStep;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class BulkDecisionsTest {
  private static final Caller CALLER =
      new Caller("ada", new Scope("acme", "main"), Optional.of(Role.OPERATOR), "192.0.2.7");
  private static final DecisionFilter ALL =
      new DecisionFilter(null, null, null, null, null, null, false);
  private static final DecisionBody SKIP = new DecisionBody(Choice.SKIP, null, "by hand");

  private final List<OperationView> parked = new ArrayList<>();
  private final List<String> asked = new ArrayList<>();
  private final List<Decision> decisions = new ArrayList<>();

  @Test
  void aDryRunShowsWhatIsMeantAndDecidesNothing() {
    parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));

    BulkDecisionView result = decide(ALL, true);

    assertThat(result.operations()).hasSize(1);
    assertThat(result.operations().get(0).outcome()).isNull();
    assertThat(decisions).isEmpty();
  }

  @Test
  void eachIsToldTheStepThatWasSeen() {
    parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));
    parked.add(operation("Sales", "DeleteInventoryNode", "InventoryUnavailable"));

    BulkDecisionView result = decide(ALL, false);

    assertThat(result.operations())
        .extracting(BulkDecisionView.Decided::outcome)
        .containsExactly("decided", "NotPossibleNow");
    assertThat(decisions)
        .containsExactly(
            new Decision(Choice.SKIP, "DeleteSecret", "by hand", "ada", "192.0.2.7"),
            new Decision(Choice.SKIP, "DeleteInventoryNode", "by hand", "ada", "192.0.2.7"));
  }

  @Test
  void theFilterNarrows() {
    parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));
    parked.add(operation("Sales", "DeleteSecret", "KubernetesUnavailable"));
    parked.add(operation("Old orders", "DeleteInventoryNode", "KubernetesRefused"));

    assertThat(names(new DecisionFilter(null, "DeleteSecret", null, null, null, null, false)))
        .containsExactly("Orders", "Sales");
    assertThat(
            names(new DecisionFilter(null, null, "KubernetesRefused", null, "ORDERS", null, false)))
        .containsExactly("Orders", "Old orders");
    assertThat(
            names(new DecisionFilter("DeprovisionDatabase", null, null, "an-id", null, null, true)))
        .hasSize(3);
    assertThat(asked.get(asked.size() - 1))
        .isEqualTo(
            "DbhubTenant = 'acme' AND DbhubOperation = 'DeprovisionDatabase' AND DbhubDatabase ="
                + " 'an-id' AND ExecutionStatus = 'Running' AND DbhubAttention = true");
  }

  @Test
  void whatWasParkedAfterTheDryRunIsLeftAlone() {
    parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));
    Instant seen = decide(ALL, true).parkedUntil();
    parked.add(
        operation("Sales", "DeleteSecret", "KubernetesRefused", Instant.EPOCH.plusMillis(1)));

    assertThat(names(new DecisionFilter(null, null, null, null, null, seen, false)))
        .containsExactly("Orders");
    assertThat(decide(ALL, true).parkedUntil()).isEqualTo(Instant.EPOCH.plusMillis(1));
  }

  @Test
  void theNumberIsBounded() {
    for (int i = 0; i < 501; i++) {
      parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));
    }

    BulkDecisionView result = decide(ALL, true);

    assertThat(result.matched()).isEqualTo(500);
    assertThat(result.truncated()).isTrue();
  }

  @Test
  void whatTheTimeDoesNotAllowIsSaidSo() {
    parked.add(operation("Orders", "DeleteSecret", "KubernetesRefused"));

    assertThat(
            decisions(Duration.ofSeconds(-1))
                .decide(CALLER, ALL, SKIP, false)
                .operations()
                .get(0)
                .outcome())
        .isEqualTo("not_tried");
    assertThat(decisions).isEmpty();
  }

  private List<String> names(DecisionFilter filter) {
    return decide(filter, true).operations().stream()
        .map(BulkDecisionView.Decided::databaseName)
        .toList();
  }

  private BulkDecisionView decide(DecisionFilter filter, boolean dryRun) {
    return decisions(Duration.ofMinutes(5)).decide(CALLER, filter, SKIP, dryRun);
  }

  private BulkDecisions decisions(Duration limit) {
    return new BulkDecisions(
        query -> {
          asked.add(query.visibility());
          int from =
              query.pageToken().isEmpty() ? 0 : Integer.parseInt(query.pageToken().toStringUtf8());
          int to = Math.min(parked.size(), from + query.pageSize());
          @Nullable String next =
              to == parked.size()
                  ? null
                  : OperationQuery.cursor(
                      com.google.protobuf.ByteString.copyFromUtf8(String.valueOf(to)));
          return new OperationListView(parked.subList(from, to), next);
        },
        (id, decision) -> {
          decisions.add(decision);
          if ("DeleteInventoryNode".equals(decision.step())) {
            throw new ProblemException(FailureType.NOT_POSSIBLE_NOW, "Another step waits.");
          }
        },
        limit);
  }

  private static OperationView operation(String name, String step, String code) {
    return operation(name, step, code, Instant.EPOCH);
  }

  private static OperationView operation(String name, String step, String code, Instant since) {
    String id = UUID.randomUUID().toString();
    return new OperationView(
        "database-" + id + "~" + UUID.randomUUID(),
        "DeprovisionDatabase",
        OperationStatus.RUNNING,
        id,
        "main",
        name,
        "eve",
        true,
        new ParkedStep(step, code, "", List.of(), List.of(Choice.values()), since),
        false,
        Instant.EPOCH,
        null,
        null,
        null,
        null,
        null,
        null);
  }
}
