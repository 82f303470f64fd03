package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Names and labels of the objects of one connection. */
final class ObjectNames {
  static final String SECRET_SUFFIX = "-creds";

  private ObjectNames() {}

  /**
   * The names to try, in order: with 77,000 ids two share their first 8 digits with a chance of one
   * half, so a taken name is nothing strange and the next one is longer.
   *
   * @param suffix such as {@code -creds}
   */
  static List<String> candidates(DatabaseRef database, String suffix) {
    String digits = database.id().replace("-", "");
    return Stream.of(8, 12, 16, 32)
        .filter(length -> length <= digits.length())
        .map(length -> "db-" + digits.substring(0, length) + suffix)
        .toList();
  }

  /**
   * @param labels the owner's own; the reserved ones win
   */
  static Map<String, String> labels(DatabaseRef database, Map<String, String> labels) {
    Map<String, String> all = new TreeMap<>(labels);
    all.put(Kubernetes.MANAGED_BY, Kubernetes.MANAGER);
    all.put(Kubernetes.DATABASE_ID, database.id());
    all.put(Kubernetes.TENANT, database.scope().tenantId());
    all.put(Kubernetes.SPACE, database.scope().spaceId());
    return all;
  }

  /** The labels by which the objects of a connection are found. */
  static Map<String, String> selector(DatabaseRef database) {
    return labels(database, Map.of());
  }

  static boolean belongsTo(HasMetadata object, DatabaseRef database) {
    Map<String, String> labels = object.getMetadata().getLabels();
    return labels != null && labels.entrySet().containsAll(selector(database).entrySet());
  }
}
