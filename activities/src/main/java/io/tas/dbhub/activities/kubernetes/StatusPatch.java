package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the status, through its subresource alone: the rest of the object stays as it is,
 * whoever changes it meanwhile.
 */
public final class StatusPatch {
  /** What a server answers to a test that fails. */
  private static final int UNPROCESSABLE = 422;

  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusPatch() {}

  /**
   * Does nothing when the object is gone.
   *
   * @param resource of an object that was read: by its name alone, the client would read it again
   * @param status all of its fields
   */
  public static void apply(Resource<?> resource, ObjectNode status) {
    apply(resource, List.of(add(status)));
  }

  /**
   * As {@link #apply(Resource, ObjectNode)}, but fails when the object is another than the one that
   * was read.
   *
   * @param version of the object that was read
   */
  static void applyTo(String version, Resource<?> resource, ObjectNode status) {
    apply(
        resource,
        List.of(
            Map.of("op", "replace", "path", "/metadata/resourceVersion", "value", version),
            add(status)));
  }

  /**
   * Replaces fields of the status of the object that is named, where other fields are as expected.
   * Does nothing when the object is gone.
   *
   * @param uid that the object must have; null: any
   * @return false when something is otherwise
   */
  static boolean replace(
      Resource<?> resource,
      @Nullable String uid,
      Map<String, Object> expected,
      Map<String, Object> fields) {
    List<Map<String, Object>> operations = new ArrayList<>();
    if (uid != null) {
      operations.add(Map.of("op", "test", "path", "/metadata/uid", "value", uid));
    }
    expected.forEach(
        (field, value) ->
            operations.add(Map.of("op", "test", "path", "/status/" + field, "value", value)));
    fields.forEach(
        (field, value) ->
            operations.add(Map.of("op", "replace", "path", "/status/" + field, "value", value)));
    try {
      patch(resource, operations);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == UNPROCESSABLE || e.getCode() == HttpURLConnection.HTTP_BAD_REQUEST) {
        return false;
      }
      throw KubernetesFailures.typed(e);
    }
  }

  private static Map<String, Object> add(ObjectNode status) {
    return Map.of("op", "add", "path", "/status", "value", status);
  }

  private static void apply(Resource<?> resource, List<Map<String, Object>> operations) {
    KubernetesFailures.translateVoid(() -> patch(resource, operations));
  }

  private static void patch(Resource<?> resource, List<Map<String, Object>> operations) {
    try {
      resource
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON), JSON.writeValueAsString(operations));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status is plain data", e);
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
  }
}
