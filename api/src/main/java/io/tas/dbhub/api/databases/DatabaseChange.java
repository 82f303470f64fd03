package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a change may say: only the description of it for the OpenAPI document. */
@Schema(
    name = "DatabaseChange",
    description =
        "Only what is given changes; null counts as not given. New connection data or credentials"
            + " are tried before they replace the old ones.")
record DatabaseChange(
    @Schema(maxLength = 255) @Nullable String name,
    @Schema(description = "May be repeated, not changed") @Nullable String type,
    @Schema(description = "Not for sqlite") @Nullable String host,
    @Schema(minimum = "1", maximum = "65535") @Nullable Integer port,
    @Schema(description = "For sqlite the path of the file") @Nullable String database,
    @Schema(description = "Not for sqlite") @Nullable String username,
    @Schema(
            description = "Not for sqlite",
            format = "password",
            accessMode = Schema.AccessMode.WRITE_ONLY)
        @Nullable String password,
    @Schema(
            description = "Stands for the single fields; a port it leaves out is the type's own",
            accessMode = Schema.AccessMode.WRITE_ONLY)
        @Nullable String connectionString,
    @Schema(allowableValues = {"disable", "require", "verify-ca", "verify-full"})
        @Nullable String sslMode,
    @JsonProperty("readonly") @Nullable Boolean readOnly,
    @Schema(minimum = "1", maximum = "100000") @Nullable Integer maxRows,
    @Schema(description = "Seconds", minimum = "1", maximum = "300")
        @Nullable Integer connectionTimeout,
    @Schema(description = "Seconds", minimum = "1", maximum = "3600")
        @Nullable Integer queryTimeout,
    @Schema(description = "All labels: those not given are taken away")
        @Nullable Map<String, String> labels,
    @Schema(maxLength = 1000) @Nullable String description,
    @Nullable String color,
    @Schema(description = "False pauses probing and takes it out of DBHub")
        @JsonProperty("is_active")
        @Nullable Boolean active) {}
