package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.activities.kubernetes.crd.InstancePhase;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How far the servers of an instance are. Pure.
 *
 * @param servers by number; without those that are going away
 * @param leaving the servers that are going away
 * @param replicas that each server shall have
 */
record InstanceRollout(NavigableMap<Integer, Rollout> servers, List<Server> leaving, int replicas) {

  /**
   * That every server runs what was applied shows in the hashes of all of them together, so that
   * nobody has to remember those of each.
   *
   * @param deployments of the instance, with those that are being deleted
   * @param configHash that was applied, as of {@link ConfigHash}
   */
  static InstanceRollout of(
      DBHubInstance instance, List<Deployment> deployments, String configHash) {
    NavigableMap<Integer, Deployment> staying = new TreeMap<>();
    NavigableMap<Integer, String> hashes = new TreeMap<>();
    List<Server> leaving = new ArrayList<>();
    for (Deployment deployment : deployments) {
      OptionalInt number = Server.numberOf(deployment);
      if (number.isEmpty()) {
        continue;
      }
      if (deployment.getMetadata().getDeletionTimestamp() != null) {
        leaving.add(new Server(instance, number.getAsInt()));
      } else {
        staying.put(number.getAsInt(), deployment);
        hashes.put(number.getAsInt(), Rollout.configHash(deployment));
      }
    }
    boolean applied = !hashes.isEmpty() && ConfigHash.of(hashes).equals(configHash);
    NavigableMap<Integer, Rollout> servers = new TreeMap<>();
    staying.forEach((number, deployment) -> servers.put(number, Rollout.of(deployment, applied)));
    return new InstanceRollout(servers, leaving, instance.settings().replicas());
  }

  boolean done() {
    return !servers.isEmpty()
        && leaving.isEmpty()
        && servers.values().stream().allMatch(Rollout::done);
  }

  boolean stuck() {
    return servers.values().stream().anyMatch(Rollout::stuck);
  }

  /** Replicas of the server that has the fewest. */
  int available() {
    return servers.values().stream().mapToInt(Rollout::available).min().orElse(0);
  }

  /** Whether every server answers, if perhaps with fewer replicas than it shall have. */
  boolean serves() {
    return available() > 0 || (replicas == 0 && !servers.isEmpty());
  }

  /**
   * @param complete every selected database is served
   */
  InstancePhase phase(boolean complete) {
    boolean nothing = servers.values().stream().allMatch(server -> server.available() == 0);
    if (nothing && (replicas > 0 || servers.isEmpty())) {
      return stuck() ? InstancePhase.FAILED : InstancePhase.PENDING;
    }
    boolean whole = available() >= replicas && !stuck() && complete;
    return whole ? InstancePhase.RUNNING : InstancePhase.DEGRADED;
  }
}
