package io.tas.dbhub.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.storage.journal.SavedQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A query with a name as REST shows it. Who sees it may not always run it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "SavedQuery")
public record SavedQueryView(
    String id,
    String owner,
    @Schema(example = "Sales of the week") String name,
    String description,
    @Nullable String databaseId,
    String query,
    boolean shared,
    Instant createdAt,
    Instant updatedAt) {
  static SavedQueryView of(SavedQuery saved) {
    return new SavedQueryView(
        saved.id(),
        saved.owner(),
        saved.name(),
        saved.description(),
        saved.databaseId(),
        saved.query(),
        saved.shared(),
        saved.createdAt(),
        saved.updatedAt());
  }
}
