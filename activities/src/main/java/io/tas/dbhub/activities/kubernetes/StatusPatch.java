package io.tas.dbhub.activities.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;

/**
 * Replaces the status, through its subresource alone: the rest of the object stays as it is,
 * whoever changes it meanwhile.
 */
public final class StatusPatch {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StatusPatch() {}

  /**
   * Does nothing when the object is gone.
   *
   * @param resource of an object that was read: by its name alone, the client would read it again
   * @param status all of its fields
   */
  public static void apply(Resource<?> resource, ObjectNode status) {
    String patch;
    try {
      patch =
          JSON.writeValueAsString(List.of(Map.of("op", "add", "path", "/status", "value", status)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a status is plain data", e);
    }
    KubernetesFailures.translateVoid(
        () -> {
          try {
            resource.subresource("status").patch(PatchContext.of(PatchType.JSON), patch);
          } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
              throw e;
            }
          }
        });
  }
}
