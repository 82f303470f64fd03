package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What runs.
 *
 * @param databaseCount the length of connectedDatabases, for the printer column
 * @param selector of the pods, for a HorizontalPodAutoscaler
 * @param lastConfigUpdate RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DBHubInstanceStatus(
    @JsonPropertyDescription("State of the instance") @Nullable InstancePhase phase,
    @StatusReplicas
        @JsonPropertyDescription("Pods that are ready, of the server that has the fewest")
        @Nullable Integer availableReplicas,
    @JsonPropertyDescription("Names of the Databases served")
        @Nullable List<String> connectedDatabases,
    @JsonPropertyDescription("Number of the Databases served") @Nullable Integer databaseCount,
    @JsonPropertyDescription("Where clients reach the first server") @Nullable String endpoint,
    @JsonPropertyDescription("Hash of configuration and credentials") @Nullable String configHash,
    @JsonPropertyDescription("When the hash last changed") @Nullable String lastConfigUpdate,
    @LabelSelector @JsonPropertyDescription("Label selector of the pods") @Nullable String selector,
    @JsonPropertyDescription("The generation that was applied") @Nullable Long observedGeneration,
    @JsonPropertyDescription("Ready, and DatabasesServed with what was left out and why")
        @Nullable List<Condition> conditions,
    @JsonPropertyDescription("The servers that the Databases are spread over")
        @Nullable List<DBHubServerStatus> servers) {}
