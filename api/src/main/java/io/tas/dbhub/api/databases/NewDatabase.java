package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may send: only the description of it for the OpenAPI document. */
@Schema(
    name = "NewDatabase",
    description =
        "A connection to be made, or tried. connection_string may stand for type, host, port,"
            + " database, username, password, ssl_mode and connection_timeout.")
record NewDatabase(
    @Schema(maxLength = 255, example = "Orders") @Nullable String name,
    @Schema(
            allowableValues = {"postgres", "mysql", "mariadb", "sqlserver", "sqlite"},
            example = "postgres")
        @Nullable String type,
    @Schema(description = "Hostname or IP address; not for sqlite", example = "db.example.com")
        @Nullable String host,
    @Schema(minimum = "1", maximum = "65535", example = "5432") @Nullable Integer port,
    @Schema(description = "For sqlite the path of the file", example = "orders")
        @Nullable String database,
    @Schema(description = "Not for sqlite", example = "reader") @Nullable String username,
    @Schema(
            description = "Not for sqlite",
            format = "password",
            accessMode = Schema.AccessMode.WRITE_ONLY)
        @Nullable String password,
    @Schema(
            description =
                "postgres://user:password@host:port/database?sslmode=require; never stored",
            accessMode = Schema.AccessMode.WRITE_ONLY)
        @Nullable String connectionString,
    @Schema(
            allowableValues = {"disable", "require", "verify-ca", "verify-full"},
            defaultValue = "require")
        @Nullable String sslMode,
    @Schema(defaultValue = "true") @JsonProperty("readonly") @Nullable Boolean readOnly,
    @Schema(minimum = "1", maximum = "100000", defaultValue = "1000") @Nullable Integer maxRows,
    @Schema(description = "Seconds", minimum = "1", maximum = "300", defaultValue = "30")
        @Nullable Integer connectionTimeout,
    @Schema(description = "Seconds", minimum = "1", maximum = "3600", defaultValue = "15")
        @Nullable Integer queryTimeout,
    @Schema(description = "Kubernetes labels") @Nullable Map<String, String> labels,
    @Schema(maxLength = 1000) @Nullable String description,
    @Schema(example = "#3b82f6") @Nullable String color,
    @Schema(defaultValue = "true") @JsonProperty("is_active") @Nullable Boolean active) {}
