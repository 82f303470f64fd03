package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.adoption.AdoptionResult;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.LoginRights;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the status of Database resources, through the status subresource alone. */
final class DatabaseStatusWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient kubernetes;
  private final EventRecorder events;

  DatabaseStatusWriter(KubernetesClient kubernetes, EventRecorder events) {
    this.kubernetes = kubernetes;
    this.events = events;
  }

  /** With an event for what changed. Does nothing when the resource is gone, or is another one. */
  void write(HealthReport report) {
    if (!report.unchanged() || !refreshed(report)) {
      writeAll(report);
    }
  }

  /**
   * One request instead of two, for what a fleet of connections that work does all the time.
   *
   * @return false when the resource is another one, or says something else than it should
   */
  private boolean refreshed(HealthReport report) {
    DatabaseResource named = new DatabaseResource();
    named.setMetadata(
        new ObjectMetaBuilder()
            .withNamespace(report.resource().namespace())
            .withName(report.resource().name())
            .build());
    return StatusPatch.replace(
        kubernetes.resource(named),
        report.uid(),
        Map.of("phase", report.status().wireName(), "observedGeneration", report.generation()),
        Map.of("lastChecked", Conditions.timestamp(report.checkedAt())));
  }

  private void writeAll(HealthReport report) {
    DatabaseResource found =
        KubernetesFailures.translate(
            () ->
                kubernetes
                    .resources(DatabaseResource.class)
                    .inNamespace(report.resource().namespace())
                    .withName(report.resource().name())
                    .get());
    if (found != null && !found.beingDeleted() && isMeant(found, report)) {
      write(found, report, status -> StatusPatch.apply(kubernetes.resource(found), status));
    }
  }

  /**
   * Does nothing when the resource is gone.
   *
   * @param found as it was before the probe
   * @throws io.temporal.failure.ApplicationFailure {@code KubernetesUnavailable}, too, when the
   *     resource changed since: whoever noticed may have written of the newer one already
   */
  void write(DatabaseResource found, HealthReport report) {
    write(
        found,
        report,
        status ->
            StatusPatch.applyTo(
                found.getMetadata().getResourceVersion(), kubernetes.resource(found), status));
  }

  private void write(DatabaseResource found, HealthReport report, Consumer<ObjectNode> write) {
    DatabaseResourceStatus before = found.getStatus();
    List<Condition> conditions = conditions(before == null ? null : before.conditions(), report);
    write.accept(status(found, report, conditions));
    // After the status: who tries again finds it written, and tells nothing twice.
    events.record(
        found,
        DatabaseStory.between(
            before == null ? null : before.conditions(),
            conditions,
            Targets.dsn(Targets.of(found))));
  }

  /** A probe takes its time, in which a resource may be made again under the name. */
  private static boolean isMeant(DatabaseResource found, HealthReport report) {
    String uid = report.uid();
    return uid == null || uid.equals(found.getMetadata().getUid());
  }

  private static ObjectNode status(
      DatabaseResource found, HealthReport report, List<Condition> conditions) {
    ObjectNode status = JSON.createObjectNode();
    status.put("phase", report.status().wireName());
    if (!report.message().isEmpty()) {
      status.put("message", report.message());
    }
    status.put("dsn", Targets.dsn(Targets.of(found)));
    status.put("lastChecked", Conditions.timestamp(report.checkedAt()));
    status.put("observedGeneration", report.generation());
    conditions.forEach(status.putArray("conditions")::addPOJO);
    return status;
  }

  private static List<Condition> conditions(@Nullable List<Condition> before, HealthReport report) {
    List<Condition> conditions = new ArrayList<>();
    String reason = report.reason();
    conditions.add(
        Conditions.next(
            before,
            Conditions.READY,
            ready(report.status()),
            reason == null ? report.status().wireName() : reason,
            report.message(),
            report.generation(),
            report.checkedAt()));
    AdoptionResult adoption = report.adoption();
    if (adoption != null) {
      conditions.add(
          Conditions.next(
              before,
              Conditions.ADOPTED,
              adoption.adopted() ? Conditions.TRUE : Conditions.FALSE,
              adoption.reason(),
              adoption.message(),
              report.generation(),
              report.checkedAt()));
    }
    readOnlyRole(before, report).ifPresent(conditions::add);
    return conditions;
  }

  /** Where nobody looked anew, what was found before. */
  private static Optional<Condition> readOnlyRole(
      @Nullable List<Condition> before, HealthReport report) {
    LoginFinding login = report.login();
    if (login == null) {
      return Conditions.find(before, Conditions.READ_ONLY_ROLE);
    }
    LoginRights rights = login.rights();
    return rights == LoginRights.UNASKED
        ? Optional.empty()
        : Optional.of(
            Conditions.next(
                before,
                Conditions.READ_ONLY_ROLE,
                status(rights),
                rights.reason(),
                rights == LoginRights.READ_ONLY
                    ? rights.message()
                    : rights.message() + " " + LoginRights.SUGGESTION,
                login.generation(),
                report.checkedAt()));
  }

  private static String status(LoginRights rights) {
    return switch (rights) {
      case READ_ONLY -> Conditions.TRUE;
      case MAY_WRITE -> Conditions.FALSE;
      case UNKNOWN, UNASKED -> Conditions.UNKNOWN;
    };
  }

  /** A degraded connection is one that answers. */
  private static String ready(DatabaseStatus status) {
    return switch (status) {
      case CONNECTED, DEGRADED -> Conditions.TRUE;
      case FAILED -> Conditions.FALSE;
      case PENDING -> Conditions.UNKNOWN;
    };
  }
}
