package io.tas.dbhub.activities.kubernetes.instance;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.activities.kubernetes.Conditions;
import io.tas.dbhub.activities.kubernetes.EventRecorder;
import io.tas.dbhub.activities.kubernetes.StatusPatch;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstanceStatus;
import io.tas.dbhub.activities.kubernetes.crd.DBHubServerStatus;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import io.tas.dbhub.core.instance.ObserveInstance;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the status of DBHubInstances, and only when it says something new. */
final class InstanceStatusWriter {
  static final String SERVED = "DatabasesServed";
  private static final TypeReference<List<Condition>> CONDITIONS = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient kubernetes;
  private final EventRecorder events;
  private final Clock clock;

  InstanceStatusWriter(KubernetesClient kubernetes, EventRecorder events, Clock clock) {
    this.kubernetes = kubernetes;
    this.events = events;
    this.clock = clock;
  }

  /**
   * What runs, of what was applied.
   *
   * @param endpoints of the servers that stay, by number
   */
  void observed(
      DBHubInstance instance,
      ObserveInstance applied,
      InstanceRollout rollout,
      NavigableMap<Integer, String> endpoints) {
    Instant now = clock.instant();
    List<Condition> before = conditions(instance);
    List<String> names = applied.databases();
    InstancePhase phase = rollout.phase(applied.problems().isEmpty());
    ObjectNode status = JSON.createObjectNode();
    status.set("phase", JSON.valueToTree(phase));
    status.put("availableReplicas", rollout.available());
    status.set("connectedDatabases", JSON.valueToTree(names));
    status.put("databaseCount", names.size());
    status.put("endpoint", endpoints.get(0));
    status.put("configHash", applied.configHash());
    status.put("selector", selector(instance));
    status.put("observedGeneration", applied.generation());
    status.set(
        "conditions",
        JSON.valueToTree(
            List.of(
                ready(before, applied, rollout, now), served(before, applied, names.size(), now))));
    status.set("servers", JSON.valueToTree(servers(instance, applied, rollout, endpoints)));
    DBHubInstanceStatus old = instance.getStatus();
    String updated = old == null ? null : old.lastConfigUpdate();
    boolean same = old != null && applied.configHash().equals(old.configHash());
    status.put("lastConfigUpdate", same && updated != null ? updated : Conditions.timestamp(now));
    write(instance, status);
  }

  /**
   * The pods that an autoscaler looks at: those of the first server, which is filled first. From
   * how many it finds it reckons how many replicas there shall be, and that is said per server.
   */
  private static String selector(DBHubInstance instance) {
    return Server.first(instance).podLabels().entrySet().stream()
        .map(label -> label.getKey() + "=" + label.getValue())
        .collect(Collectors.joining(","));
  }

  private static List<DBHubServerStatus> servers(
      DBHubInstance instance,
      ObserveInstance applied,
      InstanceRollout rollout,
      NavigableMap<Integer, String> endpoints) {
    List<DBHubServerStatus> servers = new ArrayList<>();
    rollout
        .servers()
        .forEach(
            (number, server) -> {
              String name = new Server(instance, number).name();
              servers.add(
                  new DBHubServerStatus(
                      name,
                      endpoints.getOrDefault(number, ""),
                      applied.servers().getOrDefault(name, 0),
                      server.available()));
            });
    return servers;
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
                    InstanceStory.REFUSED,
                    message,
                    instance.getMetadata().getGeneration(),
                    clock.instant()))));
    write(instance, status);
  }

  private static Condition ready(
      @Nullable List<Condition> before,
      ObserveInstance applied,
      InstanceRollout rollout,
      Instant now) {
    String reason =
        rollout.done()
            ? InstanceStory.ROLLED_OUT
            : rollout.stuck() ? InstanceStory.STUCK : "RollingOut";
    String message =
        "%d of %d replicas are available%s."
            .formatted(
                rollout.available(),
                rollout.replicas(),
                rollout.servers().size() > 1
                    ? " on each of " + rollout.servers().size() + " servers at least"
                    : "");
    return Conditions.next(
        before,
        Conditions.READY,
        rollout.serves() ? Conditions.TRUE : Conditions.FALSE,
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
      StatusPatch.apply(kubernetes.resource(instance), status);
      events.record(instance, InstanceStory.between(conditions(instance), conditions(status)));
    }
  }

  private static List<Condition> conditions(ObjectNode status) {
    return JSON.convertValue(status.path("conditions"), CONDITIONS);
  }

  private static @Nullable List<Condition> conditions(DBHubInstance instance) {
    return instance.getStatus() == null ? null : instance.getStatus().conditions();
  }
}
