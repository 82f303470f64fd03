package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** One server of an instance. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DBHubServerStatus(
    @JsonPropertyDescription("Name of its Deployment and its Service") String name,
    @JsonPropertyDescription("Where clients reach it") String endpoint,
    @JsonPropertyDescription("Number of the Databases it serves") Integer databases,
    @JsonPropertyDescription("Pods of it that are ready") Integer availableReplicas) {}
