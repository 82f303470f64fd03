package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.core.model.DatabaseDraft;
import io.tas.dbhub.core.model.DatabaseRules;
import io.tas.dbhub.core.model.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Turns a body into a connection that keeps the rules, or into every violation at once. */
final class DatabaseFields {
  private DatabaseFields() {}

  static DatabaseRules.Accepted forCreation(ObjectNode body) {
    return check(body, DatabaseRules::forCreation);
  }

  static DatabaseRules.Accepted forTest(ObjectNode body) {
    return check(body, DatabaseRules::forTest);
  }

  private static DatabaseRules.Accepted check(
      ObjectNode body, Function<DatabaseDraft, DatabaseRules.Outcome> rules) {
    Fields fields = new Fields(body);
    DatabaseDraft draft = draft(fields);
    List<Violation> violations = new ArrayList<>(fields.violations());
    DatabaseRules.Outcome outcome = rules.apply(draft);
    if (outcome instanceof DatabaseRules.Accepted accepted && violations.isEmpty()) {
      return accepted;
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
