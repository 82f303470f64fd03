package io.tas.dbhub.activities.kubernetes.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.tas.dbhub.core.model.Sha256;
import io.tas.dbhub.core.names.Kubernetes;
import java.util.Map;
import java.util.Set;

/**
 * Tells whether applying an object would change anything. Of many servers a change concerns one,
 * and a server-side apply is dear for the API server also where nothing comes of it. Pure.
 */
final class Applied {
  private static final ObjectMapper JSON =
      new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

  private static final int DIGITS = 32;

  /** Of a container's resources. Kubernetes writes them in its own way: 500m for 0.5. */
  private static final Set<String> QUANTITIES = Set.of("requests", "limits");

  private Applied() {}

  /**
   * Writes a hash of the object onto it: what is not wanted any more shows only by that. Not onto
   * what holds plain data, which can be compared whole; a Secret's would let one guess at it.
   */
  static void mark(HasMetadata wanted) {
    if (!data(wanted)) {
      String hash = Sha256.hex(canonical(wanted)).substring(0, DIGITS);
      wanted.getMetadata().setAnnotations(Map.of(Kubernetes.APPLIED_HASH, hash));
    }
  }

  /**
   * Whether the object has all that is wanted of it. It may have more: what the API server fills
   * in, and what others wrote.
   *
   * @param wanted marked
   */
  static boolean already(HasMetadata wanted, HasMetadata found) {
    JsonNode goal = tree(wanted);
    JsonNode actual = tree(found);
    boolean noDataTooMuch = !data(wanted) || goal.path("data").size() == actual.path("data").size();
    return noDataTooMuch && contained(goal, actual);
  }

  private static boolean data(HasMetadata object) {
    return object instanceof ConfigMap || object instanceof Secret;
  }

  private static boolean contained(JsonNode wanted, JsonNode found) {
    if (wanted.isObject()) {
      return wanted.properties().stream()
          .allMatch(field -> contained(field.getKey(), field.getValue(), found));
    }
    if (wanted.isArray()) {
      boolean same = found.isArray() && wanted.size() == found.size();
      for (int i = 0; same && i < wanted.size(); i++) {
        same = contained(wanted.get(i), found.get(i));
      }
      return same;
    }
    return wanted.equals(found);
  }

  private static boolean contained(String field, JsonNode wanted, JsonNode found) {
    JsonNode actual = found.path(field);
    return contained(wanted, actual)
        || (QUANTITIES.contains(field) && wanted.isObject() && sameQuantities(wanted, actual));
  }

  private static boolean sameQuantities(JsonNode wanted, JsonNode found) {
    return wanted.properties().stream()
        .allMatch(
            resource ->
                found.has(resource.getKey())
                    && new Quantity(resource.getValue().asText())
                        .equals(new Quantity(found.path(resource.getKey()).asText())));
  }

  private static JsonNode tree(HasMetadata object) {
    try {
      return JSON.readTree(Serialization.asJson(object));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was written as JSON is readable", e);
    }
  }

  /** With the entries of every map in their order, whatever order this process has them in. */
  private static String canonical(HasMetadata object) {
    try {
      return JSON.writeValueAsString(JSON.treeToValue(tree(object), Object.class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what was read as JSON is writable", e);
    }
  }
}
