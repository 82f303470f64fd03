package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.body.Fields;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseDraft;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.CredentialChange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns a body into a connection that keeps the rules, or into every violation at once. */
public final class DatabaseFields {
  private DatabaseFields() {}

  /**
   * @throws ProblemException Invalid, naming every field that breaks a rule
   */
  public static DatabaseRules.Accepted forCreation(ObjectNode body) {
    Fields fields = new Fields(body);
    return (DatabaseRules.Accepted) sound(fields, DatabaseRules.forCreation(draft(fields)));
  }

  static DatabaseRules.Accepted forTest(ObjectNode body) {
    Fields fields = new Fields(body);
    return (DatabaseRules.Accepted) sound(fields, DatabaseRules.forTest(draft(fields)));
  }

  static DatabaseRules.Changed forUpdate(DatabaseDefinition existing, ObjectNode body) {
    Fields fields = new Fields(body);
    return (DatabaseRules.Changed) sound(fields, DatabaseRules.forUpdate(existing, draft(fields)));
  }

  /**
   * Credentials, or a half of them, or nothing.
   *
   * @param type null where it is not known
   */
  static CredentialChange credentials(@Nullable DatabaseType type, ObjectNode body) {
    Fields fields = new Fields(body);
    DatabaseRules.Outcome outcome =
        DatabaseRules.forCredentials(type, fields.text("username"), fields.text("password"));
    return ((DatabaseRules.Given) sound(fields, outcome)).credentials();
  }

  /**
   * Credentials, or a half of them, for a database that has some.
   *
   * @throws ProblemException Invalid, also when there are none
   */
  public static CredentialChange newCredentials(DatabaseType type, ObjectNode body) {
    CredentialChange change = credentials(type, body);
    if (change.isEmpty()) {
      throw ProblemException.invalid(
          List.of(
              type.networked()
                  ? new Violation("password", "is required, or a username, or both")
                  : new Violation("type", "sqlite is a file and has no login")));
    }
    return change;
  }

  private static DatabaseRules.Outcome sound(Fields fields, DatabaseRules.Outcome outcome) {
    List<Violation> violations = new ArrayList<>(fields.violations());
    if (!(outcome instanceof DatabaseRules.Refused) && violations.isEmpty()) {
      return outcome;
    }
    if (outcome instanceof DatabaseRules.Refused refused) {
      // A field of the wrong type was left out of the draft: that it is missing is no news.
      Set<String> told = new HashSet<>();
      violations.forEach(violation -> told.add(violation.field()));
      refused.violations().stream()
          .filter(violation -> !told.contains(violation.field()))
          .forEach(violations::add);
    }
    throw ProblemException.invalid(violations);
  }

  private static DatabaseDraft draft(Fields fields) {
    return new DatabaseDraft(
        fields.text("name"),
        fields.text("type"),
        fields.text("host"),
        fields.integer("port"),
        fields.text("database"),
        fields.text("username"),
        fields.text("password"),
        fields.text("connection_string"),
        fields.text("ssl_mode"),
        fields.bool("readonly"),
        fields.integer("max_rows"),
        fields.integer("connection_timeout"),
        fields.integer("query_timeout"),
        fields.texts("labels"),
        fields.text("description"),
        fields.text("color"),
        fields.bool("is_active"));
  }
}
