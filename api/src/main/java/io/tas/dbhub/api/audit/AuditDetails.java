package io.tas.dbhub.api.audit;

import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.List;
import java.util.Optional;

/** What a method has to say of what it did, for the journal. */
public final class AuditDetails {
  private static final String DETAILS = AuditDetails.class.getName() + ".details";
  private static final String OBJECT = AuditDetails.class.getName() + ".object";

  /** What it was done to, where the path does not say it. */
  record Target(String id, String name) {}

  private AuditDetails() {}

  /**
   * @param details an entry each; not empty, and without credentials
   */
  public static void set(ContainerRequestContext request, List<String> details) {
    request.setProperty(DETAILS, List.copyOf(details));
  }

  /** Names what it was done to. */
  public static void about(ContainerRequestContext request, String id, String name) {
    request.setProperty(OBJECT, new Target(id, name));
  }

  static List<String> of(ContainerRequestContext request) {
    return request.getProperty(DETAILS) instanceof List<?> details
        ? details.stream().map(String::valueOf).toList()
        : List.of("");
  }

  static Optional<Target> object(ContainerRequestContext request) {
    return request.getProperty(OBJECT) instanceof Target subject
        ? Optional.of(subject)
        : Optional.empty();
  }
}
