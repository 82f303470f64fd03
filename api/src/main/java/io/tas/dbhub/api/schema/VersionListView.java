package io.tas.dbhub.api.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.storage.catalogue.SchemaVersion;
import io.tas.dbhub.storage.catalogue.VersionPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Versions of a schema, the newest first. */
@Schema(name = "SchemaVersionList")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionListView(List<VersionView> versions, @Nullable String nextCursor) {
  static VersionListView of(VersionPage page) {
    return new VersionListView(
        page.versions().stream().map(VersionView::of).toList(), page.nextCursor());
  }

  /** One of them. */
  @Schema(name = "SchemaVersion")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record VersionView(
      long version,
      @Schema(
              description =
                  "writing, proposing: not complete yet; approved: a later version took it into"
                      + " the catalogue; replaced: nobody decided before the next was found",
              allowableValues = {
                "writing",
                "applied",
                "proposing",
                "awaiting",
                "approved",
                "rejected",
                "replaced"
              })
          String state,
      Instant foundAt,
      @Schema(description = "The run of the workflow that found it") String run,
      @Schema(description = "What was there when the database was read for the first time")
          boolean initial,
      long added,
      long removed,
      long altered,
      @Schema(description = "Who rejected it") @Nullable String decidedBy,
      @Nullable Instant decidedAt,
      @Nullable String reason) {
    static VersionView of(SchemaVersion version) {
      return new VersionView(
          version.number(),
          version.state().wireName(),
          version.foundAt(),
          version.run(),
          version.initial(),
          version.totals().added(),
          version.totals().removed(),
          version.totals().altered(),
          version.decidedBy(),
          version.decidedAt(),
          version.reason());
    }
  }
}
