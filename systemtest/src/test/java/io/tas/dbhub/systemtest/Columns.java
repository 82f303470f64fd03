package io.tas.dbhub.systemtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tas.dbhub.core.names.Kubernetes;
import io.tas.dbhub.dev.system.ClusterEngine;
import java.util.LinkedHashMap;
import java.util.Map;

/** What {@code kubectl get} prints: the API server makes that table, not kubectl. */
final class Columns {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Columns() {}

  /** The cells of one object by the headings of their columns. */
  static Map<String, String> of(KubernetesClient kubernetes, String kind, String name) {
    String address =
        kubernetes.getMasterUrl().toString().replaceAll("/+$", "")
            + "/apis/%s/%s/namespaces/%s/%s/%s"
                .formatted(
                    Kubernetes.GROUP,
                    Kubernetes.VERSION,
                    ClusterEngine.NAMESPACE,
                    HandMade.context(kind).getPlural(),
                    name);
    String body =
        kubernetes
            .getHttpClient()
            .sendAsync(
                kubernetes
                    .getHttpClient()
                    .newHttpRequestBuilder()
                    .uri(address)
                    .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                    .build(),
                String.class)
            .join()
            .body();
    try {
      JsonNode table = JSON.readTree(body);
      Map<String, String> cells = new LinkedHashMap<>();
      for (int i = 0; i < table.path("columnDefinitions").size(); i++) {
        cells.put(
            table.path("columnDefinitions").path(i).path("name").asText(),
            table.at("/rows/0/cells").path(i).asText());
      }
      return cells;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no table: " + body, e);
    }
  }
}
