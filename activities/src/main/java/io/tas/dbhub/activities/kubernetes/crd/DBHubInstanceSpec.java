package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How DBHub runs and what it serves.
 *
 * @param image absent: the version that this control plane was tested with. A default in the schema
 *     would be stored and so outlive the version it came from
 * @param transport whatever it says, DBHub is served over HTTP: {@code sse} no longer exists, and
 *     nothing can talk to the standard input of a pod
 * @param affinity as it was written. The API server takes weights here that no affinity can hold,
 *     and an object that cannot be read would end the watch over all others
 * @param maxSourcesPerServer DBHub slows down with every source: each request lists all of them
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DBHubInstanceSpec(
    @JsonPropertyDescription("Which databases to serve; all of the namespace by default")
        DatabaseSelector databaseSelector,
    @JsonPropertyDescription(
            "Limits for all databases; the stricter of these and the Database's own holds."
                + " Without it: read-only, 1000 rows")
        DefaultPolicy defaultPolicy,
    @Default("1") @Min(0) @Max(10) @SpecReplicas @JsonPropertyDescription("Pods to run")
        Integer replicas,
    @Default("8080") @Min(1) @Max(65535) @JsonPropertyDescription("Port to listen on") Integer port,
    @Default("http")
        @JsonPropertyDescription("Served over http; sse and stdio are accepted and mean http")
        Transport transport,
    @JsonPropertyDescription("Image of DBHub; pinned by the control plane when absent")
        @Nullable String image,
    @Default("IfNotPresent") @JsonPropertyDescription("When to pull the image")
        String imagePullPolicy,
    @JsonPropertyDescription("Resources of the DBHub container") @Nullable Resources resources,
    @JsonPropertyDescription("ServiceAccount of the pods; its token is not mounted")
        @Nullable String serviceAccountName,
    @JsonPropertyDescription("Labels of nodes to run on")
        @Nullable Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints to tolerate") @Nullable List<Toleration> tolerations,
    @SchemaFrom(type = Affinity.class) @JsonPropertyDescription("Affinity of the pods")
        @Nullable Map<String, Object> affinity,
    @Min(0)
        @Max(10_000)
        @JsonPropertyDescription(
            "Databases that one server serves at most; with more there are several servers. 0 or"
                + " absent: all in one")
        Integer maxSourcesPerServer) {
  private static final int DEFAULT_PORT = 8080;

  public DBHubInstanceSpec {
    databaseSelector = databaseSelector == null ? DatabaseSelector.everything() : databaseSelector;
    defaultPolicy = defaultPolicy == null ? DefaultPolicy.strict() : defaultPolicy;
    replicas = replicas == null ? Integer.valueOf(1) : replicas;
    port = port == null ? Integer.valueOf(DEFAULT_PORT) : port;
    transport = transport == null ? Transport.HTTP : transport;
    imagePullPolicy = imagePullPolicy == null ? "IfNotPresent" : imagePullPolicy;
    maxSourcesPerServer = maxSourcesPerServer == null ? Integer.valueOf(0) : maxSourcesPerServer;
  }

  /** What a manifest without a spec means. */
  @SuppressWarnings("NullAway") // the constructor turns what is absent into the default
  public static DBHubInstanceSpec defaults() {
    return new DBHubInstanceSpec(
        null, null, null, null, null, null, null, null, null, null, null, null, null);
  }
}
