package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.tas.dbhub.core.model.DatabaseStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the last probes found. Holds no credential.
 *
 * @param lastChecked RFC 3339
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatabaseResourceStatus(
    @JsonPropertyDescription("State of the connection") @Nullable DatabaseStatus phase,
    @JsonPropertyDescription("Why it is not Connected") @Nullable String message,
    @JsonPropertyDescription("Where it leads, without credentials") @Nullable String dsn,
    @JsonPropertyDescription("When it was last probed") @Nullable String lastChecked,
    @JsonPropertyDescription("The generation that was probed") @Nullable Long observedGeneration,
    @JsonPropertyDescription("Ready, with the reason") @Nullable List<Condition> conditions) {}
