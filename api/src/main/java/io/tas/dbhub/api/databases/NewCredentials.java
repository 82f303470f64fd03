package io.tas.dbhub.api.databases;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Credentials of which a half may stay: only the description of it for the OpenAPI document. */
@Schema(name = "NewCredentials", description = "What is not given stays as it is.")
record NewCredentials(
    @Schema(maxLength = 255, example = "reader") @Nullable String username,
    @Schema(format = "password", accessMode = Schema.AccessMode.WRITE_ONLY)
        @Nullable String password) {}
