package io.tas.dbhub.activities.kubernetes.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.StatusPatch;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstanceStatus;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import io.tas.dbhub.core.instance.ObserveInstance;
import io.tas.dbhub.core.names.Kubernetes;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the status of DBHubInstances, and only when it says something new. */
final class InstanceStatusWriter {
  private static final String SERVED = "DatabasesServed";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient kubernetes;
  private final Clock clock;

  InstanceStatusWriter(KubernetesClient kubernetes, Clock clock) {
    this.kubernetes = kubernetes;
    this.clock = clock;
  }

  /** What runs, of what was applied. */
  void observed(DBHubInstance instance, ObserveInstance applied, Rollout rollout, String endpoint) {
    Instant now = clock.instant();
    List<Condition> before = conditions(instance);
    List<String> names = applied.databases();
    InstancePhase phase = rollout.phase(applied.problems().isEmpty());
    ObjectNode status = JSON.createObjectNode();
    status.set("phase", JSON.valueToTree(phase));
    status.put("availableReplicas", rollout.available());
    status.set("connectedDatabases", JSON.valueToTree(names));
    status.put("databaseCount", names.size());
    status.put("endpoint", endpoint);
    status.put("configHash", applied.configHash());
    status.put("selector", Kubernetes.INSTANCE + "=" + applied.instance().name());
    status.put("observedGeneration", applied.generation());
    status.set(
        "conditions",
        JSON.valueToTree(
            List.of(
                ready(before, applied, rollout, now), served(before, applied, names.size(), now))));
    DBHubInstanceStatus old = instance.getStatus();
    String updated = old == null ? null : old.lastConfigUpdate();
    boolean same = old != null && applied.configHash().equals(old.configHash());
    status.put("lastConfigUpdate", same && updated != null ? updated : Conditions.timestamp(now));
    write(instance, status);
  }

  /** The instance could not be applied, and trying again will not help until something changes. */
  void refused(DBHubInstance instance, String message) {
    // What ran before still runs: the rest of the status holds.
    ObjectNode status =
        instance.getStatus() == null
            ? JSON.createObjectNode()
            : JSON.valueToTree(instance.getStatus());
    status.set("phase", JSON.valueToTree(InstancePhase.FAILED));
    status.set(
        "conditions",
        JSON.valueToTree(
            List.of(
                Conditions.next(
                    conditions(instance),
                    Conditions.READY,
                    Conditions.FALSE,
                    "Refused",
                    message,
                    instance.getMetadata().getGeneration(),
                    clock.instant()))));
    write(instance, status);
  }

  private static Condition ready(
      @Nullable List<Condition> before, ObserveInstance applied, Rollout rollout, Instant now) {
    boolean serves = rollout.available() > 0 || rollout.desired() == 0;
    String reason = rollout.done() ? "RolledOut" : rollout.stuck() ? "RolloutStuck" : "RollingOut";
    String message = rollout.available() + " of " + rollout.desired() + " replicas are available.";
    return Conditions.next(
        before,
        Conditions.READY,
        serves ? Conditions.TRUE : Conditions.FALSE,
        reason,
        message,
        applied.generation(),
        now);
  }

  private static Condition served(
      @Nullable List<Condition> before, ObserveInstance applied, int count, Instant now) {
    boolean all = applied.problems().isEmpty();
    return Conditions.next(
        before,
        SERVED,
        all ? Conditions.TRUE : Conditions.FALSE,
        all ? "AllServed" : "SomeLeftOut",
        all ? count + " databases are served." : String.join(" ", applied.problems()),
        applied.generation(),
        now);
  }

  private void write(DBHubInstance instance, ObjectNode status) {
    JsonNode old = JSON.valueToTree(instance.getStatus());
    // By their texts: the same number may be an int here and a long there.
    boolean changed =
        status.properties().stream()
            .anyMatch(
                field -> !field.getValue().toString().equals(old.path(field.getKey()).toString()));
    if (changed) {
      StatusPatch.apply(
          kubernetes
              .resources(DBHubInstance.class)
              .inNamespace(instance.getMetadata().getNamespace())
              .withName(instance.getMetadata().getName()),
          status);
    }
  }

  private static @Nullable List<Condition> conditions(DBHubInstance instance) {
    return instance.getStatus() == null ? null : instance.getStatus().conditions();
  }
}
