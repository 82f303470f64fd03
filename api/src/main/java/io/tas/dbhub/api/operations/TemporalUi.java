package io.tas.dbhub.api.operations;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Links into Temporal's UI.
 *
 * @param address of the UI; empty when there is none to link to
 */
public record TemporalUi(String address, String namespace) {
  Optional<String> link(OperationId operation) {
    return address.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "%s/namespaces/%s/workflows/%s/%s/history"
                .formatted(
                    address.replaceAll("/+$", ""),
                    encoded(namespace),
                    encoded(operation.workflowId()),
                    encoded(operation.runId())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
