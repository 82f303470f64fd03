package io.tas.dbhub.activities.kubernetes.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import org.jspecify.annotations.Nullable;

/**
 * Where a database is and what may be done with it. The defaults are applied here as well as by the
 * schema, so that a resource means the same wherever it is read from.
 *
 * @param host absent for sqlite
 * @param port absent for sqlite
 * @param credentialsRef absent for sqlite only
 * @param readOnly written with a capital O here, and without in the defaultPolicy of an instance
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.type == 'sqlite' || has(self.host)",
    message = "host is required unless type is sqlite")
@ValidationRule(
    value = "self.type == 'sqlite' || has(self.port)",
    message = "port is required unless type is sqlite")
@ValidationRule(
    value = "self.type == 'sqlite' || has(self.credentialsRef)",
    message = "credentialsRef is required unless type is sqlite")
public record DatabaseSpec(
    @Required
        @ValidationRule(value = "self == oldSelf", message = "type is immutable")
        @JsonPropertyDescription("Type of database")
        DatabaseType type,
    @Size(min = 1) @JsonPropertyDescription("Hostname or IP address; not for sqlite")
        @Nullable String host,
    @Min(1) @Max(65535) @JsonPropertyDescription("Port of the server; not for sqlite")
        @Nullable Integer port,
    @Required
        @Size(min = 1)
        @JsonPropertyDescription("Name of the database; for sqlite the path of the file")
        String database,
    @JsonPropertyDescription("The Secret with the credentials; not needed for sqlite")
        @Nullable CredentialsRef credentialsRef,
    @Default("disable") @JsonPropertyDescription("How the connection is encrypted") SslMode sslMode,
    @Default("true") @JsonPropertyDescription("Refuse statements that write") Boolean readOnly,
    @Default("1000")
        @Min(1)
        @Max(100_000)
        @JsonPropertyDescription("Rows that a query returns at most")
        Integer maxRows,
    @Default("30")
        @Min(1)
        @Max(300)
        @JsonPropertyDescription("Seconds to wait for a connection at most")
        Integer connectionTimeout,
    @Default("15")
        @Min(1)
        @Max(3600)
        @JsonPropertyDescription("Seconds to wait for a query at most")
        Integer queryTimeout,
    @Size(max = 1000) @JsonPropertyDescription("What the database is, for people")
        @Nullable String description,
    @Default("true")
        @JsonPropertyDescription(
            "Whether it is in use; false sets it aside: neither probed nor served")
        Boolean active) {
  public DatabaseSpec {
    sslMode = sslMode == null ? SslMode.DISABLE : sslMode;
    readOnly = readOnly == null ? Boolean.TRUE : readOnly;
    maxRows = maxRows == null ? Integer.valueOf(1000) : maxRows;
    connectionTimeout = connectionTimeout == null ? Integer.valueOf(30) : connectionTimeout;
    queryTimeout = queryTimeout == null ? Integer.valueOf(15) : queryTimeout;
    active = active == null ? Boolean.TRUE : active;
  }
}
