package io.tas.dbhub.api.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.ids.Uuids;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.storage.journal.SavedQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What somebody says of a query they save: all of it, each time. */
record SavedQueryFields(
    String name, String description, @Nullable String databaseId, String query, boolean shared) {
  private static final int MAX_NAME = 255;
  private static final int MAX_DESCRIPTION = 1000;
  private static final int MAX_QUERY = 100_000;

  /**
   * @throws ProblemException Invalid, naming every field that breaks a rule
   */
  static SavedQueryFields read(ObjectNode body) {
    Fields fields = new Fields(body);
    String name = name(fields);
    String description = fields.text("description");
    if (description != null
        && (Texts.length(description) > MAX_DESCRIPTION || !Texts.printableLines(description))) {
      fields.violate(
          "description",
          "has at most " + MAX_DESCRIPTION + " characters, all printable, lines or tabs");
    }
    String databaseId = fields.text("database_id");
    if (databaseId != null && !Uuids.valid(databaseId)) {
      fields.violate("database_id", "is a database's id");
    }
    String query = fields.text("query");
    if (query == null) {
      fields.require("query");
    } else if (query.isBlank() || query.length() > MAX_QUERY || query.indexOf('\0') >= 0) {
      fields.violate("query", "has 1 to " + MAX_QUERY + " characters, and NUL is none of them");
    }
    Boolean shared = fields.bool("shared");
    if (query == null || !fields.violations().isEmpty()) {
      throw ProblemException.invalid(fields.violations());
    }
    return new SavedQueryFields(
        name,
        description == null ? "" : description,
        databaseId,
        query,
        Boolean.TRUE.equals(shared));
  }

  private static String name(Fields fields) {
    String sent = fields.text("name");
    if (sent == null) {
      fields.require("name");
      return "";
    }
    String name = Texts.canonical(sent);
    if (name.isEmpty() || name.length() > MAX_NAME || !Texts.printable(name)) {
      fields.violate("name", "has 1 to " + MAX_NAME + " characters, all printable");
    }
    return name;
  }

  SavedQuery saved(String id, Scope scope, String owner, Instant createdAt, Instant updatedAt) {
    return new SavedQuery(
        id, scope, owner, name, description, databaseId, query, shared, createdAt, updatedAt);
  }

  /** The fields as OpenAPI describes them. */
  @Schema(name = "SavedQueryFields")
  record Body(
      @Schema(example = "Sales of the week", maxLength = MAX_NAME) String name,
      @Schema(maxLength = MAX_DESCRIPTION) @Nullable String description,
      @Schema(description = "The database it is meant for") @Nullable String databaseId,
      @Schema(example = "SELECT sum(total) FROM orders WHERE day > ?", maxLength = MAX_QUERY)
          String query,
      @Schema(description = "Whether all of the space see it; false where it is left out")
          @Nullable Boolean shared) {}
}
