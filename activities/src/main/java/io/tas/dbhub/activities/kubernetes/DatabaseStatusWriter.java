package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResource;
import io.tas.dbhub.activities.kubernetes.crd.DatabaseResourceStatus;
import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.util.List;

/** Writes the status of Database resources, through the status subresource alone. */
final class DatabaseStatusWriter {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient kubernetes;

  DatabaseStatusWriter(KubernetesClient kubernetes) {
    this.kubernetes = kubernetes;
  }

  /** Does nothing when the resource is gone. */
  void write(HealthReport report) {
    Resource<DatabaseResource> resource =
        kubernetes
            .resources(DatabaseResource.class)
            .inNamespace(report.resource().namespace())
            .withName(report.resource().name());
    DatabaseResource found = KubernetesFailures.translate(resource::get);
    if (found == null || found.beingDeleted()) {
      return;
    }
    StatusPatch.apply(resource, status(found, report));
  }

  private static ObjectNode status(DatabaseResource found, HealthReport report) {
    DatabaseResourceStatus before = found.getStatus();
    List<Condition> conditions = before == null ? null : before.conditions();
    ObjectNode status = JSON.createObjectNode();
    status.put("phase", report.status().wireName());
    if (!report.message().isEmpty()) {
      status.put("message", report.message());
    }
    status.put("dsn", Targets.dsn(Targets.of(found)));
    status.put("lastChecked", Conditions.timestamp(report.checkedAt()));
    status.put("observedGeneration", report.generation());
    status
        .putArray("conditions")
        .addPOJO(
            Conditions.next(
                conditions,
                Conditions.READY,
                ready(report.status()),
                report.status().wireName(),
                report.message(),
                report.generation(),
                report.checkedAt()));
    return status;
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
