package io.tas.dbhub.api.databases;

import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.comparison.Leftover;
import java.time.Instant;

/** Something of a connection that has no whole. */
@Schema(name = "Leftover")
public record LeftoverView(
    String databaseId,
    @Schema(example = "Secret tas-mcp-servers/db-0b6ff0a2-creds") String what,
    @Schema(example = "no inventory node") String why,
    Instant foundAt) {
  static LeftoverView of(Leftover leftover) {
    return new LeftoverView(
        leftover.database().id(), leftover.what(), leftover.why(), leftover.foundAt());
  }
}
