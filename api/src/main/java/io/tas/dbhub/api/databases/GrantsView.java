package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.access.AccessLevel;
import io.tas.dbhub.core.access.Grant;
import io.tas.dbhub.core.model.Database;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with a database.
 *
 * @param yourLevel what the caller may do, all things considered; null when nothing any more
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Grants")
public record GrantsView(
    List<GrantView> grants,
    @Schema(description = "May manage it up to his role, without a grant") String ownerId,
    @Schema(
            implementation = String.class,
            allowableValues = {"view", "query", "write", "manage"})
        @Nullable AccessLevel yourLevel) {
  /** One of them. */
  @Schema(name = "Grant")
  public record GrantView(
      @Schema(
              description = "user:<subject>, role:viewer, role:analyst or role:editor",
              example = "user:alice")
          String principal,
      @Schema(
              implementation = String.class,
              allowableValues = {"view", "query", "write", "manage"})
          AccessLevel level) {
    static GrantView of(Grant grant) {
      return new GrantView(grant.principal(), grant.level());
    }
  }

  static GrantsView of(Database database, @Nullable AccessLevel yourLevel) {
    return new GrantsView(
        database.grants().grants().stream().map(GrantView::of).toList(),
        database.definition().ownerId(),
        yourLevel);
  }
}
