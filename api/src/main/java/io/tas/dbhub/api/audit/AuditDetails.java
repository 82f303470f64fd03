package io.tas.dbhub.api.audit;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;

/** What a method has to say of what it did, for the journal's {@code detail}. */
public final class AuditDetails {
  private static final String PROPERTY = AuditDetails.class.getName();

  private AuditDetails() {}

  /**
   * @param details an entry each; not empty, and without credentials
   */
  public static void set(ContainerRequestContext request, List<String> details) {
    request.setProperty(PROPERTY, List.copyOf(details));
  }

  static List<String> of(ContainerRequestContext request) {
    return request.getProperty(PROPERTY) instanceof List<?> details
        ? details.stream().map(String::valueOf).toList()
        : List.of("");
  }
}
