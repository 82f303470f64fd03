package io.tas.dbhub.activities.kubernetes.instance;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tas.dbhub.activities.kubernetes.crd.DBHubInstance;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One DBHub server of an instance, and what its objects are called: the first one's like the
 * instance, the others' with their number behind. Pure.
 *
 * @param number from 0
 */
record Server(DBHubInstance instance, int number) {
  /** Of a Service, which has the strictest limit of its objects. */
  private static final int LONGEST_NAME = 63;

  private static final int HASH_DIGITS = 8;
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,5}");

  static Server first(DBHubInstance instance) {
    return new Server(instance, 0);
  }

  /** The number on an object; empty where it has none. */
  static OptionalInt numberOf(HasMetadata object) {
    Map<String, String> labels = object.getMetadata().getLabels();
    String number = labels == null ? null : labels.get(Kubernetes.SERVER);
    return number == null || !NUMBER.matcher(number).matches()
        ? OptionalInt.empty()
        : OptionalInt.of(Integer.parseInt(number));
  }

  /** Of its Deployment and its Service. */
  String name() {
    String name = instance.getMetadata().getName();
    if (number == 0) {
      return name;
    }
    String suffix = "-" + number;
    if (name.length() + suffix.length() <= LONGEST_NAME) {
      return name + suffix;
    }
    // Two long names that begin alike stay different by their hash.
    String hash = "-" + Sha256.hex(name).substring(0, HASH_DIGITS) + suffix;
    return name.substring(0, Math.min(name.length(), LONGEST_NAME - hash.length())) + hash;
  }

  String configMapName() {
    return name() + "-config";
  }

  String secretName() {
    return name() + "-credentials";
  }

  /** Whether the object is called like one of this server's. */
  boolean names(HasMetadata object) {
    return Set.of(name(), configMapName(), secretName()).contains(object.getMetadata().getName());
  }

  /** What tells the pods of one server from all others. */
  Map<String, String> podLabels() {
    return new TreeMap<>(
        Map.of(
            Kubernetes.INSTANCE,
            instance.getMetadata().getName(),
            Kubernetes.SERVER,
            String.valueOf(number)));
  }

  Map<String, String> labels() {
    Map<String, String> labels = new TreeMap<>(podLabels());
    labels.put("app.kubernetes.io/name", "dbhub");
    labels.put(Kubernetes.MANAGED_BY, Kubernetes.MANAGER);
    return labels;
  }
}
