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
  /**
   * @param databaseId null where it has none, or none that the reader sees
   */
  static SavedQueryView of(SavedQuery saved, @Nullable String databaseId) {
    return new SavedQueryView(
        saved.id(),
        saved.owner(),
        saved.name(),
        saved.description(),
        databaseId,
        saved.query(),
        saved.shared(),
        saved.createdAt(),
        saved.updatedAt());
  }
}
