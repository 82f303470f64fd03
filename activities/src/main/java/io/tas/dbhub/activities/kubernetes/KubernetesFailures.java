package io.tas.dbhub.activities.kubernetes;

import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusCause;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.temporal.failure.ApplicationFailure;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Translates what the API server says into typed failures: the one place that does. */
public final class KubernetesFailures {
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int SERVER_ERROR = 500;
  private static final int LONGEST_REASON = 60;
  private static final int MOST_FIELDS = 3;

  /** As {@code spec.containers[0].image}: where something stands, never what. */
  private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9./_\\[\\]-]{0,149}");

  private KubernetesFailures() {}

  /** Runs a call; what it throws comes out typed. */
  public static <T> T translate(Supplier<T> call) {
    try {
      return call.get();
    } catch (KubernetesClientException e) {
      throw typed(e);
    }
  }

  /** As {@link #translate(Supplier)}, for a call without an answer. */
  public static void translateVoid(Runnable call) {
    try {
      call.run();
    } catch (KubernetesClientException e) {
      throw typed(e);
    }
  }

  /**
   * {@code KubernetesUnavailable} for whatever time may mend, {@code KubernetesRefused} for the
   * rest. Carries no cause, because the client's exception can quote the request; and of the API
   * server's own text only the reason and the names of fields, because its messages quote the
   * object.
   */
  static ApplicationFailure typed(KubernetesClientException e) {
    int code = e.getCode();
    if (code == HttpURLConnection.HTTP_UNAUTHORIZED) {
      return Failures.of(
          FailureType.KUBERNETES_UNAVAILABLE, "the Kubernetes API does not accept the login (401)");
    }
    if (code < HttpURLConnection.HTTP_BAD_REQUEST
        || code >= SERVER_ERROR
        || code == TOO_MANY_REQUESTS
        || code == HttpURLConnection.HTTP_CONFLICT
        // A list in pages took so long that the server forgot it.
        || code == HttpURLConnection.HTTP_GONE
        || code == HttpURLConnection.HTTP_CLIENT_TIMEOUT) {
      return Failures.of(
          FailureType.KUBERNETES_UNAVAILABLE,
          code < HttpURLConnection.HTTP_BAD_REQUEST
              ? "the Kubernetes API cannot be reached"
              : "the Kubernetes API answers " + code);
    }
    return Failures.of(
        FailureType.KUBERNETES_REFUSED,
        "the Kubernetes API refuses: " + code + reason(e) + subject(e) + fields(e));
  }

  private static String reason(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status == null || status.getReason() == null) {
      return "";
    }
    String reason = status.getReason();
    return " " + (reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
  }

  private static String subject(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status == null || status.getDetails() == null || status.getDetails().getKind() == null) {
      return "";
    }
    String name = status.getDetails().getName();
    return " on " + status.getDetails().getKind() + (name == null ? "" : " " + name);
  }

  private static String fields(KubernetesClientException e) {
    Status status = e.getStatus();
    if (status == null || status.getDetails() == null || status.getDetails().getCauses() == null) {
      return "";
    }
    String fields =
        status.getDetails().getCauses().stream()
            .map(StatusCause::getField)
            .filter(field -> field != null && FIELD.matcher(field).matches())
            .distinct()
            .limit(MOST_FIELDS)
            .collect(Collectors.joining(", "));
    return fields.isEmpty() ? "" : ": " + fields;
  }
}
