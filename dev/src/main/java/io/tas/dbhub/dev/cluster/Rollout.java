package io.tas.dbhub.dev.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The next step of a Deployment: which Pods go and how many come, so that there are never fewer
 * available Pods than the strategy allows. A plain decision, without I/O.
 *
 * @param create how many Pods of the present template to make
 * @param delete the Pods to delete
 */
record Rollout(int create, List<ObjectNode> delete) {

  static final String HASH_LABEL = "pod-template-hash";

  /**
   * Decides.
   *
   * @param pods all Pods of the Deployment, terminating and finished ones too
   * @param hash of the present template
   */
  static Rollout next(JsonNode deployment, List<ObjectNode> pods, String hash) {
    JsonNode spec = deployment.path("spec");
    int desired = spec.path("replicas").asInt(1);
    List<ObjectNode> delete = new ArrayList<>();
    List<ObjectNode> fresh = new ArrayList<>();
    List<ObjectNode> old = new ArrayList<>();
    for (ObjectNode pod : pods) {
      if (finished(pod) && !Json.terminating(pod)) {
        delete.add(pod);
      } else if (active(pod)) {
        (current(pod, hash) ? fresh : old).add(pod);
      }
    }
    int create;
    if (Json.text(spec, "strategy", "type").equals("Recreate")) {
      delete.addAll(old);
      boolean cleared = pods.stream().allMatch(pod -> current(pod, hash));
      create = cleared ? desired - fresh.size() : 0;
    } else {
      JsonNode rolling = Json.at(spec, "strategy", "rollingUpdate");
      int surge = share(rolling.path("maxSurge"), desired, true);
      int unavailable = share(rolling.path("maxUnavailable"), desired, false);
      if (surge == 0 && unavailable == 0) {
        unavailable = 1;
      }
      int room = desired + surge - fresh.size() - old.size();
      create = Math.min(desired - fresh.size(), room);
      delete.addAll(replaceable(old, fresh, desired - unavailable));
    }
    fresh.sort(Comparator.comparing(Rollout::ready));
    for (int i = 0; i < fresh.size() - desired; i++) {
      delete.add(fresh.get(i));
    }
    return new Rollout(Math.max(0, create), List.copyOf(delete));
  }

  private static List<ObjectNode> replaceable(
      List<ObjectNode> old, List<ObjectNode> fresh, int needed) {
    List<ObjectNode> gone = new ArrayList<>();
    long available = fresh.stream().filter(Rollout::ready).count();
    available += old.stream().filter(Rollout::ready).count();
    for (ObjectNode pod : old) {
      if (!ready(pod)) {
        gone.add(pod);
      } else if (available > needed) {
        gone.add(pod);
        available--;
      }
    }
    return gone;
  }

  /**
   * A number of Pods, or a share of the desired ones: rounded up for the surge, down for the
   * missing.
   */
  private static int share(JsonNode value, int desired, boolean up) {
    if (value.isNumber()) {
      return value.asInt();
    }
    String text = value.asText("25%");
    if (!text.endsWith("%")) {
      return text.isEmpty() ? 0 : Integer.parseInt(text);
    }
    double exact = Integer.parseInt(text.substring(0, text.length() - 1)) * desired / 100.0;
    return (int) (up ? Math.ceil(exact) : Math.floor(exact));
  }

  static boolean current(JsonNode pod, String hash) {
    return Json.text(pod, "metadata", "labels", HASH_LABEL).equals(hash);
  }

  static boolean active(JsonNode pod) {
    return !Json.terminating(pod) && !finished(pod);
  }

  static boolean ready(JsonNode pod) {
    for (JsonNode condition : Json.at(pod, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static boolean finished(JsonNode pod) {
    String phase = Json.text(pod, "status", "phase");
    return phase.equals("Failed") || phase.equals("Succeeded");
  }
}
